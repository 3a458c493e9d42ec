/** Long enough for a frame of any phone; where nothing is drawn, behind another app say, nobody waits for it. */
const FRAME_MAX_MS = 200

/** The browser hands a frame on before it is seen; what comes at once would be in its way. */
const SEEN_MS = 20

/** Resolves when what was changed until now stands on the screen. */
export const frame_drawn = (): Promise<void> =>
  new Promise((drawn) => {
    setTimeout(drawn, FRAME_MAX_MS)
    requestAnimationFrame(() => setTimeout(drawn, SEEN_MS))
  })
