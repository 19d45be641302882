// Keys of the queue, while nothing is being typed and no dialog is open.
let handler;

export function listen(page) {
  const waiting = window.tower.takeSteps();
  silence();
  handler = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], .mud-dialog')) return;
    if (event.key === 'Enter' && event.target.closest('a, button')) return;
    if (!['j', 'k', 'x', 'a', 'r', '?', 'Enter', 'Escape'].includes(event.key)) return;
    event.preventDefault();
    press(page, event.key);
  };
  addEventListener('keydown', handler, true);
  waiting.forEach(key => press(page, key));
}

function press(page, key) {
  page.invokeMethodAsync('Press', key).then(() => {
    // The keys move the real focus: Enter, a screen reader and Tab continue from there.
    if (key === 'j' || key === 'k') document.querySelector('tr.pointed a')?.focus({ preventScroll: true });
    document.querySelector('tr.pointed')?.scrollIntoView({ block: 'nearest' });
  });
}

// What was pressed while it listened has been answered.
export function silence() {
  if (handler) removeEventListener('keydown', handler, true);
  handler = undefined;
  window.tower.takeSteps();
}
