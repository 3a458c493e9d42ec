/**
 * Hybrid logical clock. A stamp is 26 characters that sort as text: `MMMMMMMMMMMM-CCCC-SSSSSSSS`, milliseconds since
 * 1970 (48 bits, hex), a counter (16 bits, its overflow carries into the milliseconds) and the session: 32 random bits
 * drawn at each start of the app, so that a cloned phone stamps differently.
 * Source: Kulkarni et al., "Logical Physical Clocks" (2014).
 */

const STAMP = /^[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{8}$/
const COUNTER_MAX = 0xffff

export type Stamp = string

export const is_stamp = (value: unknown): value is Stamp => typeof value === 'string' && STAMP.test(value)
export const ms_of = (stamp: Stamp): number => Number.parseInt(stamp.slice(0, 12), 16)
export const session_of = (stamp: Stamp): string => stamp.slice(18)

export function pack(ms: number, counter: number, session: string): Stamp {
  if (counter > COUNTER_MAX) return pack(ms + 1, 0, session)
  return `${ms.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}-${session}`
}

/** The smallest reading of `session` that is above `stamp`, whatever the sessions are. */
export function tick_above(stamp: Stamp, session: string): Stamp {
  return pack(ms_of(stamp), Number.parseInt(stamp.slice(13, 17), 16) + 1, session)
}

export function random_session(): string {
  const [bits = 0] = crypto.getRandomValues(new Uint32Array(1))
  return bits.toString(16).padStart(8, '0')
}

/** Never goes back and never stands still; the time is an argument of each reading. */
export class Clock {
  private ms = 0
  private counter = -1

  constructor(private session = random_session()) {}

  read(now_ms: number): Stamp {
    if (now_ms > this.ms) {
      this.ms = Math.floor(now_ms)
      this.counter = 0
    } else if (this.counter >= COUNTER_MAX) {
      this.ms += 1
      this.counter = 0
    } else {
      this.counter += 1
    }
    return pack(this.ms, this.counter, this.session)
  }

  /** Moves past a stamp that came from elsewhere. */
  see(stamp: Stamp): void {
    const ms = ms_of(stamp)
    const counter = Number.parseInt(stamp.slice(13, 17), 16)
    if (ms < this.ms || (ms === this.ms && counter <= this.counter)) return
    this.ms = ms
    this.counter = counter
  }

  /** After the server found this clock ahead: begin anew from its time and past `seen`, as another session. */
  restart(server_time_ms: number, seen: Stamp, session = random_session()): void {
    this.ms = server_time_ms
    this.counter = 0
    this.session = session
    this.see(seen)
  }

  /** Another tab may have learnt the time: begin anew where this clock ran ahead of it and of every row. */
  restart_if_ahead(now_ms: number, seen: Stamp, tolerated_ms: number): void {
    if (this.ms > Math.max(now_ms, ms_of(seen)) + tolerated_ms) this.restart(now_ms, seen)
  }
}
