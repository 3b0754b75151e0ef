;;; What the drivers for eglot and lsp-mode share: `look-at-model` opens model.py and writes what is shown of it.  -*- lexical-binding: t -*-
(require 'package)
(package-initialize)
(require 'flymake)
(require 'json)

(defvar seen-diagnostics [])
(defvar seen-hover "")
(defvar seen-actions [])
(defvar seen-rewritten "")
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

;; A second model in another form; then the text is as it was.
(defun rewrite-another (rewrite)
  (let ((before (buffer-string)))
    (goto-char (point-max))
    (insert "other = keras.Sequential([keras.Input((3,)), layers.Dense(2)])\n")
    (forward-line -1)
    (wait "rewritten" (lambda ()
                        (cl-letf (((symbol-function 'completing-read) (lambda (_ choices &rest _) (caar choices))))
                          (ignore-errors (funcall rewrite)))
                        (string-match-p "other.add(" (buffer-string))))
    (setq seen-rewritten (buffer-string))
    (erase-buffer)
    (insert before)))

;; What is off is looked for when the rest has been seen.
(defun look (start hover mend rewrite)
  (load-file "setup")
  (funcall start)
  (flymake-mode 1)
  (unless (is-off "diagnostics") (look-for-diagnostics))
  (search-forward "layers.LSTM")
  (backward-char)
  (look-for-hover hover)
  (when (is-off "diagnostics") (look-for-diagnostics))

  (cl-letf (((symbol-function 'completing-read)
             (lambda (_ choices &rest _)
               (setq seen-actions (vconcat (mapcar #'car choices)))
               (caar choices))))
    (funcall mend))
  (wait "cleared" (lambda () (null (diagnostics))))
  (when (and (> (length seen-actions) 0) (null (diagnostics)))
    (rewrite-another rewrite)))

(defun look-at-model (start hover mend rewrite)
  (setq create-lockfiles nil make-backup-files nil)
  (find-file "model.py")
  (condition-case problem
      (look start hover mend rewrite)
    (error (setq seen-problem (format "%S" problem))))
  (let ((coding-system-for-write 'utf-8) (text (buffer-string)) (remaining (length (flymake-diagnostics))))
    (with-temp-file (getenv "SEEN")
      (insert (json-encode `((diagnostics . ,seen-diagnostics)
                             (hover . ,seen-hover)
                             (actions . ,seen-actions)
                             (buffer . ,text)
                             (remaining . ,remaining)
                             (rewritten . ,seen-rewritten)
                             (problem . ,seen-problem))))))
  (set-buffer-modified-p nil))
