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
  (lsp--flush-delayed-changes)
  (lsp-execute-code-action-by-kind "refactor")
  (lsp--flush-delayed-changes))

(defun outline ()
  (lsp--imenu-create-index))

(defun values-here ()
  (lsp--flush-delayed-changes)
  (let ((found (lsp-completion-at-point)))
    (mapcar #'substring-no-properties (all-completions "" (nth 2 found)))))

(defun signature ()
  (let ((found (lsp-request "textDocument/signatureHelp" (lsp--text-document-position-params))))
    (when found
      (setq seen-signature (substring-no-properties (lsp--signature->message found))))))

(look-at-model #'start #'hover #'mend #'rewrite #'outline #'values-here #'signature)
(ignore-errors (lsp-workspace-shutdown (car (lsp-workspaces))))
(kill-emacs 0)
