" The review of a draft, for the quickfix list. Vim does not wait for it, and hands the draft over through a pipe:
" system() would write it to a file.

let s:formats = join(map(['%trror', '%tarning', '%tote'], {_, kind -> '<stdin>:%l:%c: ' . kind . ': %m'}), ',')

" The review that runs, and what it has said; {} if none does.
let s:run = {}

function! reviewer#check(arguments) abort
  call s:end(s:run)
  let l:program = get(g:, 'reviewer_program', 'reviewer')
  let l:run = {'buffer': bufnr('%'), 'out': [], 'err': []}
  let s:run = l:run
  if !executable(l:program)
    return s:fail(l:run, l:program . ' is not installed')
  endif
  let l:deadline = get(g:, 'reviewer_deadline', 2)
  let l:late = 'it took longer than ' . string(l:deadline) . ' s'
  call timer_start(float2nr(l:deadline * 1000), {-> s:fail(l:run, l:late)})
  let l:command = [l:program, 'check', '--format', 'vim'] + get(g:, 'reviewer_arguments', []) + a:arguments + ['-']
  try
    call s:start(l:run, l:command)
  catch
    call s:fail(l:run, v:exception)
  endtry
endfunction

if has('nvim')
  function! s:start(run, command) abort
    let l:job = jobstart(a:command, {
          \ 'stdout_buffered': v:true,
          \ 'stderr_buffered': v:true,
          \ 'on_stdout': {_, lines, __ -> extend(a:run.out, lines)},
          \ 'on_stderr': {_, lines, __ -> extend(a:run.err, lines)},
          \ 'on_exit': {_, status, __ -> s:done(extend(a:run, {'status': status, 'closed': 1}))},
          \ })
    let a:run.Stop = {-> jobstop(l:job)}
    call chansend(l:job, getline(1, '$') + [''])
    call chanclose(l:job, 'stdin')
  endfunction
else
  function! s:start(run, command) abort
    let l:job = job_start(a:command, {
          \ 'in_io': 'buffer',
          \ 'in_buf': a:run.buffer,
          \ 'out_cb': {_, line -> add(a:run.out, line)},
          \ 'err_cb': {_, line -> add(a:run.err, line)},
          \ 'close_cb': {_ -> s:done(extend(a:run, {'closed': 1}))},
          \ 'exit_cb': {_, status -> s:done(extend(a:run, {'status': status}))},
          \ })
    let a:run.Stop = {-> job_stop(l:job, 'kill')}
  endfunction
endif

" Called when the program has ended, and when all is read of it, in any order.
function! s:done(run) abort
  if a:run isnot s:run || !has_key(a:run, 'status') || !has_key(a:run, 'closed')
    return
  endif
  let l:found = getqflist({'lines': filter(a:run.out, {_, line -> !empty(line)}), 'efm': s:formats}).items
  let l:readable = empty(filter(copy(l:found), {_, item -> item.lnum == 0}))
  if !l:readable || !(a:run.status == 0 || a:run.status == 1 && !empty(l:found))
    let l:why = filter(a:run.err, {_, line -> line =~# '^reviewer: '}) + ['reviewer: what it answered is no review']
    return s:fail(a:run, l:why[0][len('reviewer: '):])
  endif
  let s:run = {}
  if bufexists(a:run.buffer)
    call s:show(map(l:found, {_, item -> extend(item, {'bufnr': a:run.buffer, 'valid': 1})}))
  endif
endfunction

function! s:show(found) abort
  call setqflist([], ' ', {'title': 'reviewer', 'items': a:found})
  let l:window = win_getid()
  botright cwindow
  call win_gotoid(l:window)
  if empty(a:found)
    echomsg 'reviewer: nothing found'
  endif
endfunction

function! s:fail(run, why) abort
  if a:run is s:run
    call s:end(a:run)
    echohl WarningMsg
    echomsg 'reviewer could not check this draft: ' . a:why
    echohl None
  endif
endfunction

function! s:end(run) abort
  let s:run = {}
  if has_key(a:run, 'Stop')
    call a:run.Stop()
  endif
endfunction
