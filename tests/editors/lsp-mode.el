;;; Opens model.py in Emacs with lsp-mode.  -*- lexical-binding: t -*-
(load (expand-file-name "emacs.el" (file-name-directory load-file-name)))
(require 'lsp-mode)

(defun start ()
  (setq lsp-auto-guess-root t lsp-enable-suggest-server-download nil lsp-restart 'ignore
        lsp-diagnostics-provider :flymake lsp-auto-execute-action nil lsp-keep-workspace-alive t)
  (lsp)
  (wait "server" (lambda () (lsp-workspaces)))
  (wait "server" (lambda () (eq 'initialized (lsp--workspace-status (car (lsp-workspaces)))))))

(defun hover ()
  (let ((found (lsp-request "textDocument/hover" (lsp--text-document-position-params))))
    (when found
      (setq seen-hover (substring-no-properties (lsp--render-on-hover-content (lsp:hover-contents found) t))))))

(defun mend ()
  (call-interactively #'lsp-execute-code-action))

(defun rewrite ()
  (lsp-execute-code-action-by-kind "refactor.rewrite"))

(look-at-model #'start #'hover #'mend #'rewrite)
(ignore-errors (lsp-workspace-shutdown (car (lsp-workspaces))))
(kill-emacs 0)
