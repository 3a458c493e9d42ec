/** The screen's word to the state, which draws nothing itself. */

let wait: () => Promise<void> = async () => {}

/** `main` says how: without a screen, in tests, there is nothing to wait for. */
export function set_frame_drawn(frame_drawn: () => Promise<void>): void {
  wait = frame_drawn
}

/** Resolves when what was changed until now stands on the screen. */
export const frame_drawn = (): Promise<void> => wait()
