;;; reviewer.el --- Review a message after a job interview before it is sent  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0

;; Author: The maintainers of reviewer
;; Version: 0.1.0
;; Package-Requires: ((emacs "27.1"))
;; Keywords: mail, convenience

;;; Commentary:

;; `reviewer-mode' reads each message when you send it from Message mode, mu4e
;; or notmuch, with the program `reviewer', on this machine.  One that has an
;; error in it waits: its findings are shown, and you are asked whether to send
;; it anyway.  Where the program is missing, fails or is too slow, the message
;; goes, with a warning.
;;
;;   (reviewer-mode 1)
;;
;; `reviewer-check-buffer' reads a draft at any time.  `reviewer-flymake-setup'
;; has Flymake mark the findings while you write:
;;
;;   (add-hook 'message-mode-hook #'reviewer-flymake-setup)
;;
;; The draft reaches the program through a pipe, and is in no file and no log.

;;; Code:

(require 'json)
(require 'seq)

(declare-function message-field-value "message" (header &optional first))
(declare-function flymake-make-diagnostic "flymake" (locus beg end type text &rest more))
(defvar mail-header-separator)

(defgroup reviewer nil
  "Review a message after a job interview before it is sent."
  :group 'mail
  :prefix "reviewer-")

(defcustom reviewer-program "reviewer"
  "The program that reviews: its name, or its whole path."
  :type 'string
  :risky t)

(defcustom reviewer-arguments nil
  "More arguments for `reviewer check', such as \"--always\"."
  :type '(repeat string)
  :risky t)

(defcustom reviewer-fail-on "error"
  "The mildest kind of finding that a message waits for."
  :type '(choice (const "error") (const "warning") (const "suggestion")))

(defcustom reviewer-deadline 2
  "Seconds after which a message goes unreviewed."
  :type 'number)

(defcustom reviewer-send-anyway nil
  "Non-nil means that messages are sent without a review."
  :type 'boolean)

(defconst reviewer--findings "*reviewer*"
  "The name of the buffer that shows findings.")

;;; Before sending

;;;###autoload
(define-minor-mode reviewer-mode
  "Review each message before it is sent, in Message mode and what is made of it."
  :global t
  (if reviewer-mode
      (add-hook 'message-mode-hook #'reviewer--watch)
    (remove-hook 'message-mode-hook #'reviewer--watch))
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      (reviewer--watch))))

(defun reviewer--watch ()
  "Review the message in this buffer, if it is one, before it is sent.
If `reviewer-mode' is off, do so no more."
  (when (derived-mode-p 'message-mode)
    (if reviewer-mode
        ;; Before all others: mu4e's would leave headers in a draft that is kept.
        (add-hook 'message-send-hook #'reviewer-check-before-sending -90 t)
      (remove-hook 'message-send-hook #'reviewer-check-before-sending t))))

(defun reviewer-check-before-sending ()
  "Keep the message in this buffer from being sent if the review refuses it.
Whoever wrote it may send it anyway, if there is somebody to ask.
Nothing but a refusal stops it: for `message-send-hook'."
  (unless (or reviewer-send-anyway (not (reviewer--refused-p)) (reviewer--send-anyway-p))
    (user-error "Not sent; see the buffer %s" reviewer--findings)))

(defun reviewer--refused-p ()
  "Review this buffer; show the findings and return non-nil if it may not go."
  (condition-case fault
      (let* ((draft (reviewer--draft))
             (outcome (reviewer--ask draft)))
        (if (stringp outcome)
            (reviewer--note outcome)
          (when (alist-get 'refused outcome)
            (reviewer--show draft (alist-get 'findings outcome))
            t)))
    (error (reviewer--note (format "a fault of its own (%s)" (car fault))))))

(defun reviewer--note (why)
  "Say that the message is not reviewed, and WHY; return nil."
  (display-warning 'reviewer (format "reviewer could not check this message: %s. It goes unchecked." why))
  nil)

(defun reviewer--send-anyway-p ()
  "Ask whether the message is to be sent as it is; put its findings away if so."
  (when (and (not noninteractive) (y-or-n-p "Send anyway? "))
    (let ((window (get-buffer-window reviewer--findings)))
      (if window (quit-window t window) (kill-buffer reviewer--findings)))
    t))

;;;###autoload
(defun reviewer-check-buffer (&optional always)
  "Review the draft in this buffer and show the findings.
With a prefix argument ALWAYS, also review what does not look like a
follow-up after an interview."
  (interactive "P")
  (let* ((draft (reviewer--draft))
         (outcome (apply #'reviewer--ask draft (and always '("--always"))))
         (findings (and (listp outcome) (alist-get 'findings outcome))))
    (cond ((stringp outcome) (user-error "The program reviewer could not check this buffer: %s" outcome))
          (findings (reviewer--show draft findings))
          (t (message "reviewer: %s" (or (alist-get 'skipped outcome) "nothing to find fault with"))))))

;;; The draft, and places in it

(defun reviewer--draft ()
  "The draft in this buffer, as an alist of `buffer', `text', `origin' and `start'.
An offset into the text, added to the origin, is a position in the buffer.  The
message itself begins at `start'.  Of the headers, only two are in the text."
  (save-excursion
    (save-restriction
      (widen)
      (goto-char (point-min))
      (let* ((head (if (and (derived-mode-p 'message-mode)
                            (re-search-forward (concat "^" (regexp-quote mail-header-separator) "\n") nil t))
                       (format "To: %s\nSubject: %s\n--text follows this line--\n"
                               (or (message-field-value "To") "")
                               (or (message-field-value "Subject") ""))
                     ""))
             (start (point)))
        `((buffer . ,(current-buffer))
          (text . ,(reviewer--unicode (concat head (buffer-substring-no-properties start (point-max)))))
          (origin . ,(- start (length head)))
          (start . ,start))))))

(defun reviewer--unicode (text)
  "TEXT with a replacement for each character that UTF-8 has no bytes for."
  (replace-regexp-in-string "[^\u0000-\uD7FF\uE000-\U0010FFFF]" "\uFFFD" text t t))

(defun reviewer--place (draft finding)
  "Where in the buffer of DRAFT a FINDING stands, as (BEG . END).
What is missing from the message is missed in its first line."
  (with-current-buffer (alist-get 'buffer draft)
    (save-restriction
      (widen)
      (let* ((span (alist-get 'span finding))
             (start (alist-get 'start draft))
             (at (lambda (offset)
                   (max start (min (point-max) (+ (alist-get 'origin draft) offset))))))
        (if span
            (cons (funcall at (alist-get 'start span)) (funcall at (alist-get 'end span)))
          (cons start (save-excursion (goto-char start) (line-end-position))))))))

;;; The program

(defun reviewer--ask (draft &rest arguments)
  "The outcome of a review of DRAFT, as `reviewer--start' has it.
ARGUMENTS are more arguments of the program."
  (let* ((outcome nil)
         (end (time-add nil (+ reviewer-deadline 1)))
         (process (reviewer--start draft (lambda (what) (setq outcome what)) arguments)))
    (unwind-protect
        (while (and (null outcome) (time-less-p nil end))
          ;; Of any process: Emacs tells the end of one only when it has read all of the others.
          (accept-process-output nil 0.05))
      (reviewer--stop process))
    (or outcome "nothing is heard of it")))

(defun reviewer--start (draft then &optional arguments)
  "Have DRAFT reviewed, and return the process, for `reviewer--stop'.
THEN is called with the outcome unless the process was stopped.  It is the
review, an alist, or a string with the reason why there is none.  ARGUMENTS are
more arguments of the program."
  (let ((answer (generate-new-buffer " *reviewer answer*"))
        (errors (generate-new-buffer " *reviewer errors*"))
        (default-directory (expand-file-name "~/"))
        (process nil))
    (condition-case fault
        (progn
          (setq process
                (make-process
                 :name "reviewer"
                 :command `(,reviewer-program "check" "--format" "json" "--fail-on" ,reviewer-fail-on
                                              ,@reviewer-arguments ,@arguments "-")
                 :buffer answer
                 :stderr errors
                 :connection-type 'pipe
                 :coding 'utf-8-unix
                 :noquery t
                 :sentinel (lambda (process _event)
                             (unless (process-live-p process)
                               (let ((outcome (reviewer--outcome process answer errors)))
                                 (reviewer--forget answer errors)
                                 (unless (process-get process 'stopped)
                                   (funcall then outcome)))))))
          (let ((stderr (get-buffer-process errors)))
            (set-process-query-on-exit-flag stderr nil)
            (set-process-sentinel stderr #'ignore))
          (run-at-time reviewer-deadline nil #'reviewer--give-up process)
          (process-send-string process (alist-get 'text draft))
          (process-send-eof process))
      ;; A program that ended without reading all says why by other means.
      (error (unless process
               (reviewer--forget answer errors)
               (funcall then (error-message-string fault)))))
    process))

(defun reviewer--give-up (process)
  "End PROCESS for being too slow."
  (when (process-live-p process)
    (process-put process 'late t)
    (delete-process process)))

(defun reviewer--stop (process)
  "End PROCESS, if it is one, whose outcome nobody waits for."
  (when (and process (process-live-p process))
    (process-put process 'stopped t)
    (delete-process process)))

(defun reviewer--forget (&rest buffers)
  "Kill BUFFERS and their processes."
  (dolist (buffer buffers)
    (let ((process (get-buffer-process buffer)))
      (when process (delete-process process)))
    (kill-buffer buffer)))

(defun reviewer--outcome (process answer errors)
  "What came of PROCESS, which wrote to the buffers ANSWER and ERRORS."
  (let ((status (process-exit-status process)))
    (cond ((process-get process 'late)
           (format "it took longer than %s s" reviewer-deadline))
          ((and (eq (process-status process) 'exit)
                (reviewer--review answer status)))
          ((reviewer--reason errors))
          ((memq status '(0 1)) "what it answered is no review")
          (t (format "it ended with status %s" status)))))

(defun reviewer--review (answer status)
  "The review in the buffer ANSWER of a program that ended with STATUS, or nil."
  (with-current-buffer answer
    (goto-char (point-min))
    (let* ((json-object-type 'alist)
           (json-array-type 'list)
           (json-false nil)
           (json-null nil)
           (review (ignore-errors (json-read))))
      (and (listp review)
           (equal (assq 'refused review) (cons 'refused (eql status 1)))
           review))))

(defun reviewer--reason (errors)
  "Why the program could not review, by its own words in the buffer ERRORS."
  (let ((stderr (get-buffer-process errors)))
    (while (and stderr (accept-process-output stderr 0.05))))
  (with-current-buffer errors
    (goto-char (point-min))
    (and (re-search-forward "^reviewer: \\(.+\\)" nil t)
         (match-string 1))))

;;; The findings

(defvar reviewer-findings-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "RET") #'reviewer-goto-finding)
    (define-key map [mouse-2] #'reviewer-goto-finding)
    (define-key map "n" #'next-error-no-select)
    (define-key map "p" #'previous-error-no-select)
    map)
  "The keys of `reviewer-findings-mode'.")

(define-derived-mode reviewer-findings-mode special-mode "Findings"
  "Mode of the buffer that shows the findings in a draft.
It runs `reviewer-findings-mode-hook', and has these keys:

\\{reviewer-findings-mode-map}"
  (setq-local next-error-function #'reviewer--next-error))

(defun reviewer--show (draft findings)
  "Show FINDINGS in DRAFT in a window."
  (with-current-buffer (get-buffer-create reviewer--findings)
    (reviewer-findings-mode)
    (let ((inhibit-read-only t))
      (erase-buffer)
      (insert (format "Findings in %s\n" (alist-get 'buffer draft)))
      (dolist (finding (seq-sort-by #'reviewer--gravity #'< findings))
        (insert "\n" (reviewer--lines draft finding))))
    (goto-char (point-min))
    (setq next-error-last-buffer (current-buffer))
    (display-buffer (current-buffer) '(nil (window-height . fit-window-to-buffer)))))

(defun reviewer--gravity (finding)
  "The rank of FINDING among others, from 0 for the gravest."
  (seq-position '("error" "warning" "suggestion") (alist-get 'severity finding)))

(defun reviewer--lines (draft finding)
  "What to say of FINDING in DRAFT, with a marker of its place as a property."
  (with-current-buffer (alist-get 'buffer draft)
    (let ((at (car (reviewer--place draft finding)))
          (severity (alist-get 'severity finding))
          (quote (and (alist-get 'span finding) (alist-get 'quote finding))))
      (propertize
       (concat (propertize (format "%s: %s [%s]\n" severity (alist-get 'message finding) (alist-get 'rule finding))
                           'face (if (equal severity "error") 'error 'warning))
               (when quote
                 (format "  line %d: “%s”\n"
                         (save-restriction (widen) (line-number-at-pos at))
                         (truncate-string-to-width (replace-regexp-in-string "[ \t\n\r]+" " " quote) 70 nil nil "…")))
               "  " (alist-get 'why finding) "\n")
       'mouse-face 'highlight
       'reviewer-place (copy-marker at)))))

(defun reviewer-goto-finding (&optional event)
  "Go to the place of the finding at point, or where EVENT clicked."
  (interactive (list last-nonmenu-event))
  (when (mouse-event-p event)
    (mouse-set-point event))
  (let ((marker (get-text-property (point) 'reviewer-place)))
    (unless (and marker (marker-buffer marker))
      (user-error (if marker "The draft is gone" "No finding here")))
    (pop-to-buffer (marker-buffer marker))
    (goto-char marker)))

(defun reviewer--next-error (count &optional reset)
  "Go to the finding COUNT further on, or from the first one if RESET."
  (when reset
    (goto-char (point-min)))
  (if (> count 0)
      (end-of-line)
    (beginning-of-line))
  (unless (re-search-forward "^\\(?:error\\|warning\\|suggestion\\): " nil t count)
    (user-error "No more findings"))
  (beginning-of-line)
  (let ((window (get-buffer-window)))
    (when window
      (set-window-point window (point))))
  (reviewer-goto-finding))

;;; Flymake

(defvar-local reviewer--process nil
  "The review of this buffer that runs for Flymake.")

;;;###autoload
(defun reviewer-flymake-setup ()
  "Have Flymake mark findings in this buffer: for `message-mode-hook'."
  (interactive)
  (add-hook 'flymake-diagnostic-functions #'reviewer-flymake nil t)
  (flymake-mode 1))

;;;###autoload
(defun reviewer-flymake (report &rest _more)
  "Review this buffer and call REPORT: for `flymake-diagnostic-functions'."
  (reviewer--stop reviewer--process)
  (let* ((draft (reviewer--draft))
         (buffer (current-buffer))
         (now (buffer-chars-modified-tick)))
    (setq reviewer--process
          (reviewer--start
           draft
           (lambda (outcome)
             ;; What was said of another text is not worth knowing; that text has its own review.
             (when (and (buffer-live-p buffer)
                        (eq now (buffer-chars-modified-tick buffer)))
               (if (stringp outcome)
                   (funcall report :panic :explanation outcome)
                 (funcall report (reviewer--diagnostics draft (alist-get 'findings outcome))))))))))

(defun reviewer--diagnostics (draft findings)
  "Flymake's diagnostics for FINDINGS in DRAFT."
  (mapcar (lambda (finding)
            (let ((place (reviewer--place draft finding)))
              (flymake-make-diagnostic
               (alist-get 'buffer draft) (car place) (cdr place)
               (pcase (alist-get 'severity finding)
                 ("error" :error)
                 ("warning" :warning)
                 (_ :note))
               (format "%s [%s]" (alist-get 'message finding) (alist-get 'rule finding)))))
          findings))

(provide 'reviewer)
;;; reviewer.el ends here
