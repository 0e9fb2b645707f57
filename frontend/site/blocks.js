// Code blocks of a statement that are wider than their place can be reached and scrolled by keyboard.

export function startBlocks() {
  for (const block of document.querySelectorAll(".prose :is(pre, table)")) {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
  }
}
