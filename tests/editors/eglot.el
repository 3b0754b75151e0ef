;;; Opens model.py in Emacs with eglot.  -*- lexical-binding: t -*-
(load (expand-file-name "emacs.el" (file-name-directory load-file-name)))
(require 'eglot)

(defun start ()
  (setq eglot-sync-connect 30 eglot-autoshutdown nil eglot-confirm-server-initiated-edits nil)
  (apply #'eglot (eglot--guess-contact)))

(defun hover ()
  (eglot-hover-eldoc-function (lambda (text &rest _) (setq seen-hover (substring-no-properties (or text ""))))))

(defun mend ()
  (let ((last-nonmenu-event ?x)) ; no mouse
    (eglot-code-actions (point) (point) "quickfix" t))
  (eglot--signal-textDocument/didChange))

(defun rewrite ()
  (let ((last-nonmenu-event ?x)) ; no mouse
    (eglot--signal-textDocument/didChange)
    (eglot-code-actions (point) (point) "refactor.rewrite" t))
  (eglot--signal-textDocument/didChange))

(defun outline ()
  (eglot-imenu))

(defun values-here ()
  (eglot--signal-textDocument/didChange)
  (let ((found (eglot-completion-at-point)))
    (mapcar #'substring-no-properties (all-completions "" (nth 2 found)))))

(defun signature ()
  (eglot-signature-eldoc-function
   (lambda (text &rest _) (setq seen-signature (substring-no-properties (or text ""))))))

(look-at-model #'start #'hover #'mend #'rewrite #'outline #'values-here #'signature)
(ignore-errors (eglot-shutdown (eglot-current-server)))
(kill-emacs 0)
