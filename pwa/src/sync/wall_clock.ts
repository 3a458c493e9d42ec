/**
 * The phone's clock, corrected. Each answer of the server shows how far it is off; more than five minutes off, the
 * person is told and the corrected time is used for stamps and for `sold_at`, also in later launches without a network.
 */

export const DRIFT_TOLD_MS = 5 * 60_000

export interface WallState {
  /** Phone minus server, ms; 0 while it is within five minutes. */
  drift_ms: number
  /** The last reading of the phone's clock, and what it was corrected to. */
  raw_ms: number
  corrected_ms: number
}

export const WALL_UNKNOWN: WallState = { drift_ms: 0, raw_ms: 0, corrected_ms: 0 }

export class WallClock {
  constructor(
    private state: WallState = WALL_UNKNOWN,
    private readonly read: () => number = () => Date.now(),
  ) {}

  get drift_ms(): number {
    return this.state.drift_ms
  }

  now(): number {
    const raw_ms = this.read()
    const { drift_ms, raw_ms: last_raw, corrected_ms: last_corrected } = this.state
    // Somebody may have put the clock right since: a clock that was ahead then goes back, and one that was behind
    // reaches the time that we knew.
    const was_put_right = drift_ms > 0 ? raw_ms < last_raw - DRIFT_TOLD_MS : raw_ms >= last_corrected
    const drift = drift_ms !== 0 && was_put_right ? 0 : drift_ms
    this.state = { drift_ms: drift, raw_ms, corrected_ms: raw_ms - drift }
    return this.state.corrected_ms
  }

  /** Compares with the server's time; the request was under way from `sent_ms` to `received_ms` of this clock. */
  compare(server_time_ms: number, sent_ms: number, received_ms: number): void {
    const drift = Math.round((sent_ms + received_ms) / 2 - server_time_ms)
    const uncertain_ms = Math.max(0, received_ms - sent_ms) / 2
    const drift_ms = Math.abs(drift) - uncertain_ms > DRIFT_TOLD_MS ? drift : 0
    this.state = { drift_ms, raw_ms: received_ms, corrected_ms: received_ms - drift_ms }
  }

  /** What another tab has learnt. */
  adopt(state: WallState): void {
    this.state = state
  }

  /** To be kept, so that the next launch knows. */
  snapshot(): WallState {
    return this.state
  }
}
