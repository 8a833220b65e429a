// A sheet that is printed shows all that was written: its fields grow with their words.
const MOST_LINES = 60;
document.addEventListener('input', ({ target }) => {
  if (!target.matches('.printable-sheet textarea')) return;
  while (target.scrollHeight > target.clientHeight && target.rows < MOST_LINES) target.rows += 1;
});
