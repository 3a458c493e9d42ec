/** Thumbnails while they are on the screen: each is read once, and its address is given back when nobody shows it. */
import { type ReadonlySignal, type Signal, signal } from '@preact/signals'
import { first_sight_over } from './first_sight.ts'

interface Shown {
  url: Signal<string | null>
  users: number
}

const shown = new Map<string, Shown>()

/** The address of a photo's thumbnail, null until it is at hand. Every holder gives it back. */
export function hold_thumbnail(sha256: string): ReadonlySignal<string | null> {
  const known = shown.get(sha256) ?? { url: signal(null), users: 0 }
  known.users += 1
  if (known.users === 1) {
    shown.set(sha256, known)
    void read(sha256, known)
  }
  return known.url
}

export function give_back_thumbnail(sha256: string): void {
  const known = shown.get(sha256)
  if (!known) return
  known.users -= 1
  if (known.users > 0) return
  shown.delete(sha256)
  revoke(known)
}

/** It has just arrived. */
export function thumbnail_arrived(sha256: string): void {
  const known = shown.get(sha256)
  if (known) void read(sha256, known)
}

async function read(sha256: string, into: Shown): Promise<void> {
  await first_sight_over()
  const file = await import('./photos.ts')
    .then(({ photo_file }) => photo_file(sha256, 'thumbnail'))
    .catch(() => null)
  if (!file || shown.get(sha256) !== into) return
  revoke(into)
  into.url.value = URL.createObjectURL(file)
}

function revoke({ url }: Shown): void {
  if (url.value) URL.revokeObjectURL(url.value)
}
