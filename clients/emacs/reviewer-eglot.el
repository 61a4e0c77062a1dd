;;; reviewer-eglot.el --- The language server of reviewer, in eglot  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: Apache-2.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))

;;; Commentary:

;; What is wrong with a message is underlined while it is written:
;;
;;   (require 'reviewer-eglot)
;;   (add-hook 'message-mode-hook #'reviewer-eglot-ensure)
;;
;; M-x eglot-code-actions mends the place at point, or rewrites the message.  Settings go into
;; `eglot-workspace-configuration', as in (:reviewer (:severity "warning")).  reviewer.el, which looks at a message
;; when it is sent, is another thing; they go together.

;;; Code:

(require 'eglot)

(add-to-list 'eglot-server-programs '((message-mode mail-mode) . ("reviewer" "lsp")))

;;;###autoload
(defun reviewer-eglot-ensure ()
  "Have the language server read this draft, if it has a file; say so where there is no server."
  (if (executable-find "reviewer")
      (eglot-ensure)
    (message "reviewer could not check this message: it is not installed")))

(provide 'reviewer-eglot)
;;; reviewer-eglot.el ends here
