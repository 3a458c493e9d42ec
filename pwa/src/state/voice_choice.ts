/** Who speaks to this account on this phone, and whether by itself. Small: it is asked with every screen. */
import { signal } from '@preact/signals'
import { session } from './live.ts'
import { phone } from './phone.ts'

/** The pack that speaks; null: the phone's own voice. */
export const chosen_pack = signal<string | null>(null)
/** Every screen is read when it opens. */
export const speaks_by_itself = signal(false)

/** Where the choice of an account lies in the settings of the phone: the pack, and whether it speaks by itself. */
export const names = (user_id: string) => [`voice-${user_id}`, `voice-auto-${user_id}`] as const
let read_for: string | null = null

/** Reads the choice of whoever is signed in. */
export async function read_choice(): Promise<void> {
  const user_id = session.value?.user.id ?? ''
  if (read_for === user_id) return
  read_for = user_id
  const [pack, by_itself] = names(user_id)
  const found = await phone.read(['settings'], (tx) =>
    Promise.all([tx.objectStore('settings').get(pack), tx.objectStore('settings').get(by_itself)]),
  )
  if (read_for !== user_id) return
  chosen_pack.value = found[0] ?? null
  speaks_by_itself.value = found[1] === '1'
}

async function keep(which: 0 | 1, value: string | null): Promise<void> {
  const name = names(session.value?.user.id ?? '')[which]
  await phone.write(['settings'], (tx) => tx.objectStore('settings').put(value, name))
}

export async function choose_pack(id: string | null): Promise<void> {
  chosen_pack.value = id
  await keep(0, id)
}

export async function speak_by_itself(on: boolean): Promise<void> {
  speaks_by_itself.value = on
  await keep(1, on ? '1' : null)
}
