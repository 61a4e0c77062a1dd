" Vim compiler file: the draft of a message after a job interview, reviewed by `reviewer check`.
" :compiler reviewer, then :make, or :make --always and other flags of it.

if exists('current_compiler')
  finish
endif
let current_compiler = 'reviewer'

if exists(':CompilerSet') != 2
  command -nargs=* CompilerSet setlocal <args>
endif

CompilerSet makeprg=reviewer\ check\ --format\ vim\ $*\ --\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m
