-- The language server of reviewer, for Neovim 0.7 and later:
--
--   require("reviewer").setup({ settings = { context = { interviewers = { "Priya Raman" } } } })
--
-- A server that is missing, stops or does not answer is told, and editing goes on as if there were none.
local M = {}

local config = {
  cmd = { "reviewer", "lsp" },
  filetypes = { "mail" },
  settings = {}, -- see docs/clients/lsp.md
  deadline = 5000, -- milliseconds that the server has for its start
}

local function tell(what)
  vim.schedule(function()
    vim.notify("reviewer could not check this message: " .. what, vim.log.levels.WARN)
  end)
end

local client_id

local function client()
  return client_id and vim.lsp.get_client_by_id(client_id)
end

local function attached(_, buffer)
  vim.api.nvim_buf_create_user_command(buffer, "ReviewerRewrite", function()
    local given = { command = "reviewer.rewrite", arguments = { vim.uri_from_bufnr(buffer) } }
    vim.lsp.buf_request(buffer, "workspace/executeCommand", given)
  end, { desc = "Rewrite the message by reviewer's rules" })
  vim.api.nvim_create_autocmd({ "BufEnter", "TextChanged", "InsertLeave" }, {
    buffer = buffer,
    callback = function()
      if client() then
        vim.lsp.codelens.refresh({ bufnr = buffer })
      end
    end,
  })
  vim.lsp.codelens.refresh({ bufnr = buffer })
end

local function started(buffer)
  local start = vim.lsp.start or vim.lsp.start_client -- which 0.7 has
  local id = start({
    name = "reviewer",
    cmd = config.cmd,
    init_options = config.settings,
    settings = { reviewer = config.settings },
    on_attach = attached,
    on_exit = function(status, signal)
      client_id = nil
      if status ~= 0 or signal ~= 0 then
        tell("its server stopped with exit status " .. status .. "; :edit starts it again")
      end
    end,
  }, { bufnr = buffer })
  if not id then
    tell("its server could not be started")
    return nil
  end
  vim.defer_fn(function()
    local there = id == client_id and client()
    if there and not there.initialized then
      tell("its server does not answer")
    end
  end, config.deadline)
  return id
end

--- Have the server read a buffer, and start it where it does not run.
function M.attach(buffer)
  if vim.fn.executable(config.cmd[1]) == 0 then
    return tell(config.cmd[1] .. " is not installed")
  end
  client_id = client_id or started(buffer)
  if client_id then
    vim.lsp.buf_attach_client(buffer, client_id)
  end
end

--- Read every buffer of the file types from now on. What is not given stays as above.
function M.setup(given)
  config = vim.tbl_deep_extend("force", config, given or {})
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("reviewer", {}),
    pattern = config.filetypes,
    callback = function(event)
      M.attach(event.buf)
    end,
  })
end

return M
