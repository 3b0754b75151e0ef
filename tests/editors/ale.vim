" Opens model.py, and writes what Vim with ALE shows of it.
set nocompatible nomore noswapfile encoding=utf-8
filetype plugin on
set runtimepath^=/usr/share/vim-ale
runtime! plugin/ale.vim
source setup

let s:seen = {'diagnostics': [], 'hover': '', 'actions': [], 'buffer': '', 'remaining': 0}

function! s:Wait(Happens) abort
  let l:start = reltime()
  while !a:Happens() && reltimefloat(reltime(l:start)) < str2float($PATIENCE)
    sleep 50m
  endwhile
endfunction

function! s:Diagnostics() abort
  return ale#engine#GetLoclist(bufnr('model.py'))
endfunction

function! s:Seen(_, each) abort
  return {'text': a:each.text, 'line': a:each.lnum, 'column': strchars(strpart(getline(a:each.lnum), 0, a:each.col - 1))}
endfunction

function! s:Hover() abort
  return filter(range(1, bufnr('$')), {_, each -> getbufvar(each, '&filetype') =~# 'ale-preview'})
endfunction

function! s:Look(timer) abort
  try
    let l:before = getline(1, '$')
    ALELint
    call s:Wait({-> !empty(s:Diagnostics())})
    let s:seen.diagnostics = map(copy(s:Diagnostics()), function('s:Seen'))

    call search('LSTM(16)')
    ALEHover
    call s:Wait({-> !empty(s:Hover())})
    for l:buffer in s:Hover()
      let s:seen.hover = join(getbufline(l:buffer, 1, '$'), "\n")
    endfor

    call feedkeys("1\<CR>", 't')
    let s:seen.actions = filter(split(execute('call s:Fix(l:before)'), "\n"), {_, each -> each =~# '^\d'})
    ALELint
    call s:Wait({-> empty(s:Diagnostics())})
    let s:seen.remaining = len(s:Diagnostics())
  catch
    let s:seen.problem = v:exception . v:throwpoint
  endtry
  let s:seen.buffer = join(getline(1, '$'), "\n") . "\n"
  call writefile([json_encode(s:seen)], $SEEN)
  call ale#lsp#reset#StopAllLSPs()
  qall!
endfunction

function! s:Fix(before) abort
  ALECodeAction
  call s:Wait({-> getline(1, '$') != a:before})
endfunction

edit model.py
call timer_start(100, function('s:Look'))
