-- Opens model.py, and writes what Neovim shows of it; for all versions from 0.7 on.
local patience = tonumber(vim.env.PATIENCE) * 1000
local seen = { diagnostics = {}, hover = "", actions = {}, hints = {}, remaining = 0 }

local function wait(happens)
  return vim.wait(patience, happens, 20)
end

local function text(buffer)
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
end

local function float()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return window
    end
  end
end

-- The inlay hints on the screen.
local function drawn(buffer)
  vim.cmd("redraw")
  local found = {}
  local space = vim.api.nvim_get_namespaces()["nvim.lsp.inlayhint"]
  for _, mark in ipairs(space and vim.api.nvim_buf_get_extmarks(buffer, space, 0, -1, { details = true }) or {}) do
    for _, part in ipairs(mark[4].virt_text) do
      table.insert(found, part[1])
    end
  end
  return found
end

local function look()
  vim.cmd("edit model.py")
  local buffer, before = vim.api.nvim_get_current_buf(), text(0)
  wait(function()
    return #vim.diagnostic.get(buffer) > 0
  end)
  for _, each in ipairs(vim.diagnostic.get(buffer)) do
    local line = vim.fn.getline(each.lnum + 1)
    local column = vim.str_utfindex(line, each.col)
    table.insert(seen.diagnostics, { text = each.message, line = each.lnum + 1, column = column })
  end

  vim.fn.search("LSTM(16)")
  vim.lsp.buf.hover()
  if wait(float) then
    seen.hover = text(vim.api.nvim_win_get_buf(float()))
    vim.api.nvim_win_close(float(), true)
  end

  wait(function()
    seen.hints = drawn(buffer)
    return #seen.hints > 0 or not vim.lsp.inlay_hint
  end)

  vim.ui.select = function(items, options, choose)
    seen.actions = vim.tbl_map(options.format_item or tostring, items)
    choose(items[1], 1)
  end
  vim.lsp.buf.code_action()
  wait(function()
    return text(buffer) ~= before
  end)
  wait(function()
    return #vim.diagnostic.get(buffer) == 0
  end)
  seen.buffer = text(buffer) .. "\n"
  seen.remaining = #vim.diagnostic.get(buffer)
end

local fine, problem = pcall(look)
seen.problem = not fine and problem or nil
vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.SEEN)
vim.cmd("qall!")
