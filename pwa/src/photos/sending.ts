/** Sends photos one after another, in pieces that one bar of signal carries; what arrived is never sent again. */
import { sha256_of } from '../db/sha256.ts'
import { back_off_ms } from '../sync/back_off.ts'
import { TransportError } from '../sync/transport.ts'
import type { OwnPhoto } from './photo_db.ts'
import type { PhotoStore } from './photo_store.ts'

export const PIECE_BYTES_MAX = 65_536
const PIECE_BYTES_MIN = 4_096

export interface PhotoProgress {
  state: 'absent' | 'partial' | 'complete'
  received: number
  safe: boolean
}

export interface PhotoPort {
  progress(sha256: string): Promise<PhotoProgress>
  put(sha256: string, content: ArrayBuffer, start: number, total: number): Promise<PhotoProgress>
}

interface Sending {
  store: PhotoStore
  port: PhotoPort
  now: () => number
  /** False while records wait: they go first, also between two pieces. */
  may_go_on: () => boolean
  /** Something changed that people see; `part` of the present photo is there. */
  on_change: (part: number | null) => void
}

export class PhotoSender {
  private piece_bytes = PIECE_BYTES_MAX / 2
  private failures = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private running: Promise<void> | null = null

  constructor(private readonly sending: Sending) {}

  /** Goes on until nothing is left, records want to go first, or the network fails; then it tries again by itself. */
  send(): Promise<void> {
    this.running ??= this.run().finally(() => {
      this.running = null
    })
    return this.running
  }

  private async run(): Promise<void> {
    clearTimeout(this.timer)
    const { store, now, may_go_on, on_change } = this.sending
    try {
      while (may_go_on()) {
        const photo = await store.next(now())
        if (!photo) break
        await this.send_one(photo)
        this.failures = 0
        on_change(null)
      }
    } catch (error) {
      this.failures += 1
      if (error instanceof TransportError && error.code === 'timeout')
        this.piece_bytes = Math.max(PIECE_BYTES_MIN, this.piece_bytes >> 1)
      const wait_ms = back_off_ms(this.failures, (error as TransportError).retry_after_ms ?? null)
      this.timer = setTimeout(() => void this.send(), wait_ms)
    }
    on_change(null)
  }

  private async send_one({ sha256 }: OwnPhoto): Promise<void> {
    const { store, port, now, may_go_on, on_change } = this.sending
    const file = await store.file(sha256, 'full')
    if (!file) return store.change(sha256, (row) => ({ ...row, phase: 'refused', code: 'lost' }))
    const total = file.content.byteLength
    let progress = await port.progress(sha256)
    try {
      while (progress.state !== 'complete') {
        if (!may_go_on()) return
        const start = progress.received
        const content = file.content.slice(start, start + this.piece_bytes)
        progress = await port.put(sha256, content, start, total)
        this.piece_bytes = Math.min(PIECE_BYTES_MAX, this.piece_bytes * 2)
        on_change(progress.received / total)
      }
    } catch (error) {
      const code = refusal(error)
      // Spoilt on the way or by a power cut there: the server forgot what it had, and the next attempt starts anew.
      if (!code || (code === 'wrong_hash' && (await sha256_of(file.content)) === sha256)) throw error
      return store.change(sha256, (row) => ({ ...row, phase: 'refused', code }))
    }
    const phase = progress.safe ? 'safe' : 'sent'
    return store.change(sha256, (row) => ({ ...row, phase, asked_at_ms: now() }))
  }
}

/** Why the server will never take it; null where it may yet. */
function refusal(error: unknown): string | null {
  if (!(error instanceof TransportError)) return null
  if (error.code === 'too_large') return 'too_large'
  const codes = error.problem === 'invalid' ? (error.errors as { photo?: string[] } | null)?.photo : null
  return codes?.[0] ?? null
}
