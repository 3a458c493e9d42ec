/** New members of a co-operative, recorded by its manager. */
import { signed_in_account } from './account.ts'
import { new_id } from './id.ts'

/** Resolves to the member's id, which will be the account's too. */
export async function add_member(draft: {
  name: string
  called?: string
  village?: string
}): Promise<string> {
  const account = signed_in_account()
  const id = new_id(account.outbox.wall.now())
  await account.record([{ entity: 'member', id, changes: { ...draft, active: true }, is_new: true }])
  return id
}
