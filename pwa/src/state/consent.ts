/** What members agreed to, by purpose: given and withdrawn on this phone, also without a network. */
import { entity_range } from '../db/account_db.ts'
import type { Consent } from '../generated/entities.ts'
import { type Account, signed_in_account } from './account.ts'
import { new_id } from './id.ts'
import { follow } from './records.ts'
import type { Watch } from './types.ts'

export type Purpose = Consent['purpose']
export const PURPOSES: readonly Purpose[] = ['public_name', 'photo', 'ethnic_group']

/** The version of the words that are shown (messages/consent*.ts): a change of what they say is another one. */
export const NOTICE = '2026-11-22'

export interface GivenConsent {
  id: string
  purpose: Purpose
  given_at: string
}

/** Those of one member that are in force. */
export const watch_consents = (member_id: string): Watch<GivenConsent[]> =>
  follow((account) => read_consents(account, member_id))

async function read_consents({ model, db }: Account, member_id: string): Promise<GivenConsent[]> {
  const { side } = model.meta
  const found = await db.read(['rows'], (tx) => tx.objectStore('rows').getAll(entity_range(side, 'consent')))
  const rows = new Map(found.map((row) => [row.id, row]))
  const given: GivenConsent[] = []
  for (const id of new Set([...rows.keys(), ...model.ids_of('consent')])) {
    const record = model.seen('consent', id, rows.get(id))
    const consent = record.row as Partial<Consent>
    if (!record.complete || consent.member_id !== member_id || consent.withdrawn) continue
    given.push({ id, purpose: consent.purpose as Purpose, given_at: consent.given_at ?? '' })
  }
  return given
}

/** For oneself, or, by a manager, for a member who said so. */
export async function give_consent(member_id: string, purpose: Purpose): Promise<void> {
  const account = signed_in_account()
  const now_ms = account.outbox.wall.now()
  const changes = { member_id, purpose, notice: NOTICE, given_at: new Date(now_ms).toISOString() }
  await account.record([{ entity: 'consent', id: new_id(now_ms), changes, is_new: true }])
}

/** All that were given for this purpose: two phones may each have given one. */
export async function withdraw_consent(member_id: string, purpose: Purpose): Promise<void> {
  const account = signed_in_account()
  const given = (await read_consents(account, member_id)).filter((consent) => consent.purpose === purpose)
  await account.record(given.map(({ id }) => ({ entity: 'consent', id, changes: { withdrawn: true } })))
}
