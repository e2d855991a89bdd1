/* SPDX-License-Identifier: Apache-2.0 */
/* What pages do by themselves: the browser's wishes as cookies, keys, the folder drawer, new mail. */
const wildpost = (() => {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  const remember = (name, value) => {
    document.cookie = `${name}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  };

  const followScheme = () => {
    const root = document.documentElement;
    const scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
    remember('wildpost-scheme', scheme);
    if (root.dataset.chosen !== 'true') {
      root.dataset.theme = scheme;
    }
    const from = root.dataset.theme === 'dark' ? 'saga-blue' : 'arya-blue';
    const to = root.dataset.theme === 'dark' ? 'arya-blue' : 'saga-blue';
    document.querySelectorAll('link[rel=stylesheet]').forEach((link) => {
      if (link.href.includes(`primefaces-${from}`)) {
        link.href = link.href.replace(`primefaces-${from}`, `primefaces-${to}`);
      }
    });
  };

  const typing = (element) => element.closest('input:not([type=checkbox]), textarea, select, [contenteditable], [role=combobox]');

  const step = (by) => {
    const links = [...document.querySelectorAll('.wp-messages .wp-open, .wp-table .wp-open')];
    if (links.length > 0) {
      const at = links.indexOf(document.activeElement);
      const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
      links[next].focus();
    }
  };

  const press = (key) => {
    const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!target) {
      return false;
    }
    if (target.matches('input')) {
      target.focus();
    } else {
      target.click();
    }
    return true;
  };

  const onKey = (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter' && press('send')) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Escape') {
      drawer(false);
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      return;
    }
    if (event.key === 'j' || event.key === 'k') {
      step(event.key === 'j' ? 1 : -1);
      event.preventDefault();
    } else if (event.key === 'x') {
      const box = document.activeElement.closest('tr')?.querySelector('.ui-chkbox-box, input[type=checkbox]');
      box?.click();
    } else if (event.key.length === 1 && event.key !== ' ' && press(event.key)) {
      event.preventDefault();
    }
  };

  const drawer = (open) => {
    document.body.classList.toggle('is-open', open);
    document.querySelector('[data-toggle=side]')?.setAttribute('aria-expanded', String(document.body.classList.contains('is-open')));
  };

  document.addEventListener('keydown', onKey);
  // The table takes Enter for a choice of its row; on a link it means the link.
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.closest?.('.ui-datatable a[href]')) {
      event.stopPropagation();
    }
  }, true);
  document.addEventListener('DOMContentLoaded', () => {
    remember('wildpost-zone', Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
    followScheme();
    const first = document.querySelector('[data-focus=true]');
    first?.focus();
    first?.setSelectionRange?.(0, 0);
    document.querySelector('[data-toggle=side]')?.addEventListener('click', (event) => {
      drawer();
      event.stopPropagation();
    });
    document.getElementById('content')?.addEventListener('click', () => drawer(false));
  });

  return {
    polled(args) {
      const choosing = [...document.querySelectorAll('.ui-selectonemenu-panel')].some((panel) => panel.offsetParent !== null);
      if (args && args.changed && !choosing) {
        window.wildpostRefresh();
      }
    },
    expired() { location.href = `${location.origin}/login?expired=true`; },
    /** Says that something failed: in the page's general words, or in those of the place that is named. */
    failed(place) {
      const box = document.querySelector('.wp-failed');
      box.dataset.general ||= box.textContent;
      box.textContent = (place && document.querySelector(place)?.dataset.failed) || box.dataset.general;
      document.body.classList.add('is-failed');
      setTimeout(() => document.body.classList.remove('is-failed'), 8000);
    },
    busy(on) { document.body.classList.toggle('is-busy', on); },
  };
})();
window.wildpost = wildpost;
