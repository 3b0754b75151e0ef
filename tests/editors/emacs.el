;;; What the drivers for eglot and lsp-mode share: `look-at-model` opens model.py and writes what is shown of it.  -*- lexical-binding: t -*-
(require 'package)
(package-initialize)
(require 'flymake)
(require 'json)

(defvar seen-diagnostics [])
(defvar seen-hover "")
(defvar seen-actions [])
(defvar seen-forms [])
(defvar seen-rewritten "")
(defvar seen-outline [])
(defvar seen-values [])
(defvar seen-signature "")
(defvar seen-problem nil)

(defun is-off (name)
  (member name (split-string (getenv "OFF"))))

(defun wait (name happens)
  (let ((end (+ (float-time) (string-to-number (getenv (if (is-off name) "ABSENCE" "PATIENCE"))))))
    (while (and (not (funcall happens)) (< (float-time) end))
      (accept-process-output nil 0.05))))

(defun diagnostics () ; in batch mode no timer starts flymake
  (flymake-start)
  (flymake-diagnostics))

(defun seen (each)
  (save-excursion
    (goto-char (flymake-diagnostic-beg each))
    `((text . ,(flymake-diagnostic-text each))
      (line . ,(line-number-at-pos))
      (column . ,(- (point) (line-beginning-position))))))

(defun look-for-diagnostics ()
  (wait "diagnostics" #'diagnostics)
  (setq seen-diagnostics (vconcat (mapcar #'seen (flymake-diagnostics)))))

;; A server that knows nothing yet has no hover: a person would ask again.
(defun look-for-hover (hover)
  (let ((asked 0))
    (wait "hover" (lambda ()
                    (when (> (- (float-time) asked) 1)
                      (setq asked (float-time))
                      (funcall hover))
                    (string-match-p "(None, 16)" seen-hover)))))

;; Nobody is there who could choose: the first of the menu is taken. Its titles.
(defun choose-first (act)
  (let ((titles []))
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_ choices &rest _)
                 (setq titles (vconcat (mapcar #'car choices)))
                 (caar choices))))
      (funcall act))
    titles))

(defun names (index) ; imenu's, with those inside others
  (mapcan (lambda (each) (if (consp (cdr each)) (cons (car each) (names (cdr each))) (list (car each)))) index))

;; Another form of a chain, the outline, and what a half-typed call takes.
(defun look-further (rewrite outline values signature)
  (goto-char (point-max))
  (let ((start (point)))
    (insert "chain = keras.Sequential([keras.Input((4,)), layers.Dense(2)])\n")
    (search-backward "Sequential")
    (wait "forms" (lambda () (setq seen-forms (or (ignore-errors (choose-first rewrite)) []))
                    (> (length seen-forms) 0)))
    (setq seen-rewritten (buffer-substring-no-properties start (point-max))))
  (wait "outline" (lambda () (setq seen-outline (vconcat (names (funcall outline))))
                    (seq-contains-p seen-outline "model" #'string-prefix-p)))
  (goto-char (point-max))
  (insert "model.add(layers.Dense(3, activation=")
  (wait "values" (lambda () (setq seen-values (vconcat (funcall values))) (> (length seen-values) 0)))
  (wait "signature" (lambda () (funcall signature) (not (string-empty-p seen-signature)))))

;; What is off is looked for when the rest has been seen.
(defun look (start hover mend)
  (load-file "setup")
  (funcall start)
  (flymake-mode 1)
  (unless (is-off "diagnostics") (look-for-diagnostics))
  (search-forward "layers.LSTM")
  (backward-char)
  (look-for-hover hover)
  (when (is-off "diagnostics") (look-for-diagnostics))

  (setq seen-actions (choose-first mend))
  (wait "cleared" (lambda () (null (diagnostics)))))

(defun look-at-model (start hover mend &rest further)
  (setq create-lockfiles nil make-backup-files nil)
  (find-file "model.py")
  (condition-case problem
      (look start hover mend)
    (error (setq seen-problem (format "%S" problem))))
  (let ((coding-system-for-write 'utf-8) (text (buffer-string)) (remaining (length (flymake-diagnostics))))
    (when (and (> (length seen-actions) 0) (= remaining 0))
      (condition-case problem
          (apply #'look-further further)
        (error (setq seen-problem (format "%S" problem)))))
    (with-temp-file (getenv "SEEN")
      (insert (json-encode `((diagnostics . ,seen-diagnostics)
                             (hover . ,seen-hover)
                             (actions . ,seen-actions)
                             (buffer . ,text)
                             (remaining . ,remaining)
                             (forms . ,seen-forms)
                             (rewritten . ,seen-rewritten)
                             (outline . ,seen-outline)
                             (values . ,seen-values)
                             (signature . ,seen-signature)
                             (problem . ,seen-problem))))))
  (set-buffer-modified-p nil))
