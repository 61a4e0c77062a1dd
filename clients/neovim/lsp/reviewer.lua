-- For Neovim 0.11 and later: put this file into lsp/ of your configuration, and call vim.lsp.enable("reviewer").
-- Older ones, and who wants :ReviewerRewrite and notes when the server does not work: lua/reviewer.lua.
return {
  cmd = { "reviewer", "lsp" },
  filetypes = { "mail" },
  settings = {
    reviewer = {
      -- severity = "warning",
      -- context = { interviewers = { "Priya Raman" }, company = "Northwind Labs" },
    },
  },
}
