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

  // A list is shown a moment before its keys are listened to: steps through it that are pressed in between wait for that.
  let steps = [];
  addEventListener('keydown', event => {
    if (!['j', 'k'].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    steps = [...steps, { key: event.key, path: location.pathname, at: Date.now() }].slice(-9);
  });
  window.tower = {
    takeSteps() {
      const taken = steps.filter(({ path, at }) => path === location.pathname && at > Date.now() - 5000);
      steps = [];
      return taken.map(({ key }) => key);
    },
  };

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

  // What was typed and not sent survives a reload and a lost connection: it is kept in this tab, for this person, until its form is sent or cancelled.
  const person = () => document.querySelector('.user-menu')?.dataset.user ?? '';
  const keyOf = field => `draft:${person()}:${location.pathname}:${field.dataset.draft}`;
  const drafts = new Map();
  const sent = new WeakSet();
  addEventListener('input', event => {
    const field = event.target.closest('[data-draft]');
    if (!field) return;
    if (!drafts.has(field)) drafts.set(field, { key: keyOf(field), path: location.pathname });
    sent.delete(field);
    const { key } = drafts.get(field);
    if (field.value) sessionStorage.setItem(key, field.value); else sessionStorage.removeItem(key);
  });
  addEventListener('submit', event => {
    for (const field of event.target.querySelectorAll('[data-draft]')) sent.add(field);
  }, true);

  function restore() {
    if (!document.querySelector('.shell[data-live]')) return;
    for (const field of document.querySelectorAll('[data-draft]')) {
      if (drafts.has(field)) continue;
      const key = keyOf(field), kept = sessionStorage.getItem(key);
      drafts.set(field, { key, path: location.pathname, dialog: Boolean(field.closest('.mud-dialog')) });
      if (!kept || field.value) continue;
      field.value = kept;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  // A form was sent when its field is gone or empty afterwards, not when the button was pressed: the server may not have heard of it. A dialog that is
  // gone while its page stays was answered or cancelled.
  function forget() {
    for (const [field, { key, path, dialog }] of drafts) {
      if (field.isConnected && !(sent.has(field) && !field.value)) continue;
      if (sent.has(field) || dialog) if (path === location.pathname) sessionStorage.removeItem(key);
      sent.delete(field);
      if (!field.isConnected) drafts.delete(field);
    }
  }

  // The circuit draws the page a second time: what was opened, typed or focused in the header before that stays.
  let focused = null;
  addEventListener('focusin', event => { focused = event.target; });
  function carryOver(changes) {
    const first = changes.flatMap(change => [...change.removedNodes]).find(node => node instanceof Element && node.matches('.shell:not([data-live])'));
    const second = first && document.querySelector('.shell[data-live]');
    if (!second) return;
    for (const menu of first.querySelectorAll('.bar details.menu[open]')) {
      second.querySelector(`.bar details.${menu.classList[1]}`)?.setAttribute('open', '');
    }
    const search = second.querySelector('#tower-search');
    search.value ||= first.querySelector('#tower-search').value;
    if (focused?.id !== search.id || !first.contains(focused)) return;
    search.focus();
    // The framework then focuses the heading of every page that it opens.
    addEventListener('focusin', event => event.target.matches('h1') && search.focus(), { once: true });
  }

  // A form's dialog has the focus in its first field as soon as it is there. When it is gone, what opened it has the focus again.
  const openers = new Map();
  function enter() {
    for (const form of document.querySelectorAll('.mud-dialog .dialog-form')) {
      if (openers.has(form)) continue;
      openers.set(form, document.activeElement);
      form.querySelector('textarea, input:enabled, select')?.focus();
    }
    for (const [form, opener] of openers) {
      if (form.isConnected) continue;
      openers.delete(form);
      if (document.activeElement === document.body) opener?.focus();
    }
  }

  new MutationObserver(changes => { carryOver(changes); restore(); forget(); enter(); })
    .observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ['data-live'] });

  // What is typed or chosen while the connection is away never arrives: it is repeated when it is back. A silent connection is noticed late.
  const unnoticed = 6000;
  const typed = new Map();
  let lostAt = Infinity;
  for (const type of ['input', 'change']) {
    addEventListener(type, event => {
      for (const [field, { at }] of typed) if (!field.isConnected || at < Math.min(lostAt, Date.now()) - unnoticed) typed.delete(field);
      typed.set(event.target, { at: Date.now(), types: (typed.get(event.target)?.types ?? new Set()).add(type) });
    }, true);
  }
  addEventListener('tower:lost', () => { lostAt = Math.min(lostAt, Date.now()); });
  addEventListener('tower:back', () => {
    const since = lostAt - unnoticed;
    lostAt = Infinity;
    for (const [field, { at, types }] of [...typed]) {
      if (at < since || !field.isConnected) continue;
      for (const type of types) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
  });
})();
