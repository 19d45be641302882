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
    // An exact number opens its transaction at once.
    if (text) Blazor.navigateTo('/transactions?search=' + encodeURIComponent(text) + '&open-exact=true');
  });

  const typing = target => target.closest('input, textarea, select, [contenteditable]');
  addEventListener('keydown', event => {
    if (event.key === 'Escape') document.querySelector('details.menu[open]')?.removeAttribute('open');
    if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      event.preventDefault();
      document.getElementById('tower-search')?.focus();
    }
  });

  // A link back to a list leads to the list as it was left, with its filters and its place.
  addEventListener('click', event => {
    const link = event.target.closest('a[href]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const back = link.dataset.back && sessionStorage.getItem('list:' + link.dataset.back);
    if (back) {
      event.preventDefault();
      event.stopPropagation();
      Blazor.navigateTo(back);
    } else if (location.search) {
      sessionStorage.setItem('list:' + location.pathname, location.pathname + location.search);
    } else {
      sessionStorage.removeItem('list:' + location.pathname);
    }
  }, true);

  // What was typed and not sent survives a reload: it is kept in this tab, for this person, until its form is sent or cancelled.
  const person = () => document.querySelector('.user-menu')?.dataset.user ?? '';
  const key = field => `draft:${person()}:${location.pathname}:${field.dataset.draft}`;
  const forget = form => {
    for (const field of form?.querySelectorAll('[data-draft]') ?? []) sessionStorage.removeItem(key(field));
  };
  addEventListener('input', event => {
    const field = event.target.closest('[data-draft]');
    if (!field) return;
    if (field.value) sessionStorage.setItem(key(field), field.value); else sessionStorage.removeItem(key(field));
  });
  addEventListener('submit', event => forget(event.target), true);
  addEventListener('click', event => forget(event.target.closest('.dialog-actions button:not([type=submit])')?.closest('form')), true);
  const restored = new WeakSet();
  function restore() {
    if (!document.querySelector('.shell[data-live]')) return;
    for (const field of document.querySelectorAll('[data-draft]')) {
      if (restored.has(field)) continue;
      restored.add(field);
      const kept = sessionStorage.getItem(key(field));
      if (!kept || field.value) continue;
      field.value = kept;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
  new MutationObserver(restore).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ['data-live'] });
})();
