/** Accounts, phones, places, the audit log and one person's data, for the screens of staff (a lazy chunk). */
import { fetch_or_kept, type Kept } from './kept.ts'
import { ask, type ListParams, list, type Page, StaffError, type StaffMember } from './staff.ts'
import type { Role } from './types.ts'

export interface StaffAccount {
  id: string
  name: string
  role: Role
  status: 'active' | 'disabled'
  phone: string | null
  member_code: string
  coop_id: string | null
  coop_name: string | null
  phones: number
  last_sync_at: string | null
}

export interface StaffPhone {
  id: string
  account: string
  account_name: string | null
  role: Role
  coop_id: string
  coop_name: string | null
  since: string
  last_sync_at: string | null
  signed_in: boolean
  told_at: string | null
  app_version: string | null
  unsent: number | null
  clock_error_ms: number | null
}

export interface AuditEntry {
  id: string
  at: string
  coop_id: string | null
  coop_name: string | null
  account: string | null
  account_name: string | null
  role: string
  action: string
  subject_kind: string
  subject_id: string
  subject_name: string | null
  details: Record<string, unknown>
}

export interface AuditPage extends Page<AuditEntry> {
  actions: string[]
}

export interface Place {
  code: string
  name: string
  province_code: string
  province_name: string
}

export interface PlacesDifference {
  provinces: number
  communes: number
  added_count: number
  retired_count: number
  changed_count: number
  homeless_count: number
  added: { code: string; name: string }[]
  retired: { code: string; name: string }[]
  changed: { code: string; name: string; was: string }[]
  homeless: { code: string; name: string }[]
}

export interface PersonConsent {
  id: string
  purpose: 'public_name' | 'photo' | 'ethnic_group'
  notice: string
  given_at: string
  withdrawn?: boolean
  recorded_by?: string
  withdrawn_by?: string
  withdrawn_at?: string
}

export interface StaffPerson {
  id: string
  coop_id: string
  coop_name: string
  name: string
  village: string
  erased: boolean
  account: StaffAccount | null
  phones: StaffPhone[]
  consents: PersonConsent[]
  ethnic_group: string | null
}

/** Everything that is kept of a person: `records` by entity. */
export interface PersonCopy {
  exported_at: string
  id: string
  account: StaffAccount | null
  phones: StaffPhone[]
  co_operatives: {
    coop_name: string
    ethnic_group: string | null
    records: Record<string, Record<string, unknown>[]>
  }[]
  audit: AuditEntry[]
}

export interface CoopFields {
  name?: string
  kind?: string
  commune_code?: string
  tax_code?: string
}

const has_id = (answer: { id: string }) => typeof answer.id === 'string'
/** One thing with an id. */
const one = <T extends { id: string }>(
  path: string,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH',
  body?: unknown,
) => ask<T>(path, { method, body }, has_id)

type Accounts = ListParams & { role?: string }
export const fetch_accounts = (params: Accounts): Promise<Page<StaffAccount>> => list('/accounts', params)
export const create_account = (given: {
  name: string
  role: string
  coop_id: string | null
  phone: string
}): Promise<StaffAccount> => one('/accounts', 'POST', given)

export type AccountChange = Partial<{
  name: string
  phone: string
  status: string
  role: string
  coop_id: string
}>
export const change_account = (id: string, change: AccountChange): Promise<StaffAccount> =>
  one(`/accounts/${id}`, 'PATCH', change)

export const fetch_phones = (coop: string): Promise<Kept<StaffPhone[]>> =>
  fetch_or_kept(`phones ${coop}`, async () => (await list<Page<StaffPhone>>('/phones', { coop })).items)
export const revoke_phone = (id: string): Promise<StaffPhone> => one(`/phones/${id}/revoke`, 'POST')

const MEMBERS_MAX = 1000
/** Who sent when, of the own co-operative. */
export const fetch_members = (): Promise<Kept<StaffMember[]>> =>
  fetch_or_kept(
    'members',
    async () => (await list<Page<StaffMember>>('/members', { limit: MEMBERS_MAX })).items,
  )

type Audit = ListParams & { action?: string; account?: string; subject?: string }
export const fetch_audit = (params: Audit): Promise<Kept<AuditPage>> =>
  fetch_or_kept(`audit ${JSON.stringify(params)}`, () => list<AuditPage>('/audit', params))

export const find_places = async (q: string): Promise<Place[]> =>
  (await list<Page<Place>>('/places', { q, limit: 20 })).items
const is_difference = ({ communes }: PlacesDifference) => typeof communes === 'number'
export const preview_places = (csv: string): Promise<PlacesDifference> =>
  ask('/places/preview', { body: { csv } }, is_difference)
export const load_places = (csv: string): Promise<PlacesDifference> =>
  ask('/places/load', { body: { csv } }, is_difference)

export const create_coop = (given: CoopFields): Promise<{ id: string }> => one('/coops', 'POST', given)
export const change_coop = (id: string, given: CoopFields): Promise<{ id: string }> =>
  one(`/coops/${id}`, 'PATCH', given)

/** Never kept on the phone: it may say what its person can withdraw. */
export const fetch_person = (id: string): Promise<StaffPerson> => one(`/people/${id}`, 'GET')
export const set_ethnic_group = (id: string, value: string): Promise<StaffPerson> =>
  one(`/people/${id}/ethnic_group`, 'PUT', { value })
export const copy_person = (id: string): Promise<PersonCopy> => one(`/people/${id}/export`, 'POST')
export const erase_person = (id: string): Promise<StaffPerson> => one(`/people/${id}/erase`, 'POST')

/** The first code that the server gave for a field, null where it found nothing wrong with it. */
export function field_code(error: unknown, field: string): string | null {
  const codes = error instanceof StaffError ? (error.errors as Record<string, unknown> | null)?.[field] : null
  return Array.isArray(codes) && typeof codes[0] === 'string' ? codes[0] : null
}
