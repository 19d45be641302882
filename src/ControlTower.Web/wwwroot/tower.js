// Theme switch and the few keys that work on every page.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const current = () => document.documentElement.dataset.theme || (dark.matches ? 'dark' : 'light');

  function wear(theme) {
    document.documentElement.dataset.theme = theme;
    for (const link of document.querySelectorAll('link[data-theme-of]')) link.media = link.dataset.themeOf === theme ? 'all' : 'not all';
    document.cookie = `ct-theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  }

  addEventListener('click', event => {
    if (event.target.closest('[data-theme-toggle]')) wear(current() === 'dark' ? 'light' : 'dark');
    for (const menu of document.querySelectorAll('details.user-menu[open]')) {
      if (!menu.contains(event.target)) menu.removeAttribute('open');
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
    if (event.key === 'Escape') document.querySelector('details.user-menu[open]')?.removeAttribute('open');
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      event.preventDefault();
      document.getElementById('tower-search')?.focus();
    }
  });
})();
