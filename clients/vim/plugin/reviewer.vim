" :ReviewerCheck reviews the draft in this buffer, saved or not, into the quickfix list.
" :ReviewerCheck --always and other flags of `reviewer check` are passed on.

if exists('g:loaded_reviewer')
  finish
endif
let g:loaded_reviewer = 1

command -bar -nargs=* ReviewerCheck call reviewer#check([<f-args>])
