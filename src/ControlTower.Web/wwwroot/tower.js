// The theme and the few keys that work on every page.
(() => {
  // Without a choice the style sheet follows the system.
  function wear(theme) {
    if (theme) document.documentElement.dataset.theme = theme; else delete document.documentElement.dataset.theme;
    document.cookie = `ct-theme=${theme}; path=/; max-age=${theme ? 31536000 : 0}; samesite=lax`;
  }

  addEventListener('click', event => {
    const choice = event.target.closest('[data-theme-set]');
    if (choice) wear(choice.dataset.themeSet);
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      if (choice || !menu.contains(event.target)) menu.removeAttribute('open');
    }
  });

  // With a base address "#main" would lead to the first page, so the jump is made here, before Blazor sees the click.
  addEventListener('click', event => {
    if (!event.target.closest('.skip-link')) return;
    event.preventDefault();
    event.stopPropagation();
    document.getElementById('main')?.focus();
  }, true);

  addEventListener('submit', event => {
    if (!event.target.matches('[data-search]')) return;
    event.preventDefault();
    const text = event.target.elements.search.value.trim();
    if (text) Blazor.navigateTo('/transactions?search=' + encodeURIComponent(text));
  });

  const typing = target => target.closest('input, textarea, select, [contenteditable]');
  addEventListener('keydown', event => {
    if (event.key === 'Escape') document.querySelector('details.menu[open]')?.removeAttribute('open');
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      event.preventDefault();
      document.getElementById('tower-search')?.focus();
    }
  });
})();
