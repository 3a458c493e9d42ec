// Runs in every page before the app does. Notes when something stands on the screen; touches nothing.
;(() => {
  const frame_drawn = () =>
    new Promise((drawn) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => drawn(performance.now())
        port2.postMessage(0)
      })
    })
  let tapped_ms = 0
  // When the page is told, not when the finger was lifted: to lift one, the protocol has the page draw a frame first.
  addEventListener('pointerup', () => (tapped_ms = performance.now()), true)
  const synced = []
  const { fetch } = globalThis
  globalThis.fetch = (address, options) => {
    if (String(address).endsWith('/api/v1/sync')) synced.push(options.body.byteLength ?? options.body.length)
    return fetch(address, options)
  }
  globalThis.bench = {
    /** Bytes of each sync's body. */
    synced,
    /** ms since navigation began (after a launch) or since the finger was lifted last: in the document, and drawn. */
    async until(selector, since) {
      const found = () => document.querySelector(selector)
      await new Promise((stands) => {
        if (found()) return stands()
        const watch = new MutationObserver(() => {
          if (!found()) return
          watch.disconnect()
          stands()
        })
        watch.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['hidden'] })
      })
      const there_ms = performance.now()
      const drawn_ms = await frame_drawn()
      const begin_ms = since === 'tap' ? tapped_ms : 0
      return { there_ms: there_ms - begin_ms, drawn_ms: drawn_ms - begin_ms }
    },
    middle(selector) {
      const element = document.querySelector(selector)
      element.scrollIntoView({ block: 'nearest' })
      const { x, y, width, height } = element.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    },
    /** What the disk itself takes: one small record, strictly durable, with nothing around it. */
    async disk() {
      const db = await new Promise((opened) => {
        const request = indexedDB.open('bench', 1)
        request.onupgradeneeded = () => request.result.createObjectStore('notes', { autoIncrement: true })
        request.onsuccess = () => opened(request.result)
      })
      const times = []
      for (let n = 0; n < 20; n++) {
        const begin_ms = performance.now()
        await new Promise((complete) => {
          const tx = db.transaction('notes', 'readwrite', { durability: 'strict' })
          tx.objectStore('notes').add({ text: 'x'.repeat(300) })
          tx.oncomplete = complete
        })
        times.push(performance.now() - begin_ms)
      }
      db.close()
      return times
    },
  }
})()
