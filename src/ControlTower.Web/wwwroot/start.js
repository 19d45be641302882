// Starts the circuit; keeps trying to come back for as long as it takes, and reloads when the server no longer knows the page.
(() => {
  let tries = 0, timer = null, trying = false;
  const notice = () => document.getElementById('components-reconnect-modal');
  const show = on => notice()?.classList.toggle('components-reconnect-show', on);

  async function attempt() {
    if (trying) return;
    trying = true;
    clearTimeout(timer);
    try {
      // true: back with the same page; false: the server forgot it, so start it afresh at the same address.
      if (await Blazor.reconnect() === false) { location.reload(); return; }
      trying = false; tries = 0;
    } catch {
      trying = false;
      tries += 1;
      timer = setTimeout(attempt, Math.min(500 * 2 ** Math.min(tries, 4), 5000));
    }
  }

  Blazor.start({
    circuit: {
      // A connection that is silent for this long is lost: the server sends a sign of life every second and a quarter.
      configureSignalR: builder => builder.withServerTimeout(4000).withKeepAliveInterval(1250),
      reconnectionHandler: {
        onConnectionDown: () => { show(true); dispatchEvent(new Event('tower:lost')); tries = 0; timer = setTimeout(attempt, 200); },
        onConnectionUp: () => { show(false); clearTimeout(timer); dispatchEvent(new Event('tower:back')); }
      }
    }
  });
  document.getElementById('reconnect-now')?.addEventListener('click', attempt);
  addEventListener('offline', () => show(true));
  addEventListener('online', () => notice()?.classList.contains('components-reconnect-show') && attempt());
})();
