/**
 * The tiles as they stood last, kept beside the storage and shown until it has opened: on a cheap phone that takes half
 * a second. Of one account, before whose book nothing stands: no PIN, nobody to choose from. Never a total.
 */
import { batch, effect } from '@preact/signals'
import { type Account, signed_in_account } from './account.ts'
import { RecordError } from './errors.ts'
import * as live from './live.ts'
import type { Language, ListingView, Session } from './types.ts'

interface FirstSight {
  release: string
  session: Session
  language: Language
  listings: readonly ListingView[]
}

const NAME = 'first-sight'
/** After the tick, and once for many changes. */
const KEEP_MS = 1_000
/** Another release may show other things. */
const RELEASE = globalThis.document?.currentScript?.getAttribute('src') ?? ''

let kept: string | null = null
let timer: ReturnType<typeof setTimeout> | undefined

/** Shows what is kept, if anything is, and keeps it up to date from now on. Where nothing can be kept all goes on without. */
export function show_first_sight(): void {
  try {
    kept = localStorage.getItem(NAME)
    const seen = kept ? (JSON.parse(kept) as FirstSight) : null
    if (seen?.release === RELEASE)
      batch(() => {
        live.session.value = seen.session
        live.language.value = seen.language
        live.listings.value = seen.listings
        live.readiness.value = 'first_sight'
      })
  } catch {}
  effect(() => {
    const { value: readiness } = live.readiness
    if (readiness === 'starting' || readiness === 'first_sight') return
    if (!first_sight()) forget_first_sight()
    else timer ??= setTimeout(keep, KEEP_MS)
  })
}

function first_sight(): FirstSight | null {
  const session = live.session.value
  const is_plain = live.readiness.value === 'ready' && live.gate.value === 'open'
  if (!is_plain || session?.user.role !== 'member' || session.has_pin) return null
  const listings = live.listings.value.filter(({ mine, status }) => mine && status === 'offered')
  return { release: RELEASE, session, language: live.language.value, listings }
}

function keep(): void {
  timer = undefined
  const sight = first_sight()
  const text = sight && JSON.stringify(sight)
  if (!text || text === kept) return
  kept = text
  try {
    localStorage.setItem(NAME, text)
  } catch {}
}

/** Before it is on the disk that somebody else, or nobody without a PIN, may see it. */
export function forget_first_sight(): void {
  clearTimeout(timer)
  timer = undefined
  kept = null
  try {
    localStorage.removeItem(NAME)
  } catch {}
}

/** Whether what stands is the first sight of this book. */
export const is_first_sight_of = (user_id: string, replica: string | null): boolean => {
  const seen = live.session.value
  return live.readiness.value === 'first_sight' && seen?.user.id === user_id && seen.replica === replica
}

/** Resolves when what is shown is the book itself, or nobody's. */
export function first_sight_over(): Promise<void> {
  if (live.readiness.value !== 'first_sight') return Promise.resolve()
  return new Promise((over) => {
    const stop = live.readiness.subscribe((readiness) => {
      if (readiness === 'first_sight') return
      over()
      queueMicrotask(() => stop())
    })
  })
}

/** The account whose tiles are seen, once its book is open. Rejects where that was another's. */
export async function seen_account(): Promise<Account> {
  const replica = live.session.value?.replica
  await first_sight_over()
  const account = signed_in_account()
  if (account.replica !== replica) throw new RecordError('signed_out')
  return account
}
