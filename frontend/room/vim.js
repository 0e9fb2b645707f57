// Vim keys, in a file of their own that only those load who chose them.
import { Vim, vim } from "@replit/codemirror-vim";

export function vimKeys(onWrite) {
  Vim.defineEx("write", "w", onWrite);
  return vim({ status: true });
}
