/**
 * First use: a manager's one-time code, from a link that any camera opens or scanned in the app. It is kept until it was
 * used or its day is over, so that a network that is missing costs nothing but time.
 */
import type { StoredSession } from '../db/phone_db.ts'
import { TransportError, transport } from '../sync/transport.ts'
import { new_id } from './id.ts'
import { origin, phone } from './phone.ts'
import { come_in, refusal, session_of } from './sign_in.ts'
import type { SignInCode, SignInResult } from './types.ts'

const LIFETIME_MS = 86_400_000
const KEPT = 'invitation'

export interface Invitation {
  code: string
  /** Drawn here, so that a lost answer leaves no second phone at the server. */
  replica: string
  since_ms: number
  /** It was sent with a password: whether it is spent is not known. */
  sent: boolean
}

/** Why a code does not work. `code_unknown`: it was never given out, or long ago. */
export type CodeProblem = 'code_spent' | 'code_expired' | 'code_replaced' | 'code_unknown'

export type LookResult =
  | { ok: true; coop_name: string; name: string }
  | { ok: false; code: SignInCode | CodeProblem; retry_after_s: number | null }
export type EnrolResult =
  /** With the code that the person signs in with elsewhere. */
  | { ok: true; member_code: string }
  | (SignInResult & { ok: false })
  | { ok: false; code: CodeProblem | 'password_too_short' | 'password_too_long'; retry_after_s: null }

/** Keeps a code for when there is a network; the same one again goes on where it was. */
export async function keep_invitation(code: string): Promise<Invitation> {
  const kept = await kept_invitation()
  if (kept?.code === code) return kept
  const since_ms = Date.now()
  return store({ code, replica: new_id(since_ms), since_ms, sent: false })
}

/** The code that waits on this phone, if its day is not over. */
export async function kept_invitation(): Promise<Invitation | null> {
  const text = await phone.read(['settings'], (tx) => tx.objectStore('settings').get(KEPT))
  if (!text) return null
  const kept = JSON.parse(text) as Invitation
  if (Math.abs(Date.now() - kept.since_ms) < LIFETIME_MS) return kept
  await forget_invitation()
  return null
}

export async function forget_invitation(): Promise<void> {
  await phone.write(['settings'], (tx) => tx.objectStore('settings').delete(KEPT))
}

async function store(invitation: Invitation): Promise<Invitation> {
  await phone.write(['settings'], (tx) => tx.objectStore('settings').put(JSON.stringify(invitation), KEPT))
  return invitation
}

/** Where and whom a code lets in; it stays good. */
export async function look_at_invitation({ code }: Invitation): Promise<LookResult> {
  try {
    const seen = await ask('enrol/look', { code })
    const { coop_name, name } = (seen ?? {}) as { coop_name?: unknown; name?: unknown }
    if (typeof coop_name !== 'string' || typeof name !== 'string') throw new TransportError('no_answer')
    return { ok: true, coop_name, name }
  } catch (error) {
    return code_refusal(error) ?? refusal(error)
  }
}

/** Uses the code with the password that the person chose, and opens the account on this phone. */
export async function enrol(invitation: Invitation, password: string): Promise<EnrolResult> {
  try {
    const sent = await store({ ...invitation, sent: true })
    const answer = await use(sent, password).catch((error: unknown) => {
      if (!invitation.sent || code_refusal(error)?.code !== 'code_spent') throw error
      return sign_in_with(sent, password).catch((wrong: unknown) => {
        throw code_refusal(wrong) ? error : wrong
      })
    })
    const session = await on_its_own_replica(sent, password, answer)
    // Who was let in anew by the manager has forgotten the PIN, too.
    await phone.write(['pins'], (tx) => tx.objectStore('pins').delete(session.user.id))
    await come_in(session)
    await forget_invitation()
    return { ok: true, member_code: session.login }
  } catch (error) {
    return code_refusal(error) ?? password_refusal(error) ?? refusal(error)
  }
}

const CODE_PROBLEMS: readonly CodeProblem[] = ['code_spent', 'code_expired', 'code_replaced']

function code_refusal(error: unknown): { ok: false; code: CodeProblem; retry_after_s: null } | null {
  if (!(error instanceof TransportError) || error.code !== 'unauthenticated') return null
  const code = CODE_PROBLEMS.find((each) => each === error.problem) ?? 'code_unknown'
  return { ok: false, code, retry_after_s: null }
}

const ask = (path: string, body: object) => transport(origin())(`/api/v1/auth/${path}`, { body })

/** A session is later found by the member code: the code of the invitation is nobody's to remember. */
function session_from(answer: unknown): StoredSession {
  const { user } = (answer ?? {}) as { user?: { member_code?: unknown } }
  return session_of(answer, String(user?.member_code ?? ''))
}

const use = async ({ code, replica }: Invitation, password: string): Promise<StoredSession> =>
  session_from(await ask('enrol', { code, password, replica }))

/** A spent code is a login for its day: the answer that was lost is asked for again. */
const sign_in_with = async ({ code, replica }: Invitation, password: string): Promise<StoredSession> =>
  session_from(await ask('login', { login: code, password, replica }))

/** Whoever has a book on this phone already (a forgotten password, say) goes on with it: it may hold what is unsent. */
async function on_its_own_replica(
  invitation: Invitation,
  password: string,
  answer: StoredSession,
): Promise<StoredSession> {
  const had = await phone.read(['sessions'], (tx) => tx.objectStore('sessions').get(answer.user.id))
  if (!had?.replica || had.replica === answer.replica) return answer
  return sign_in_with(await store({ ...invitation, replica: had.replica }), password)
}

function password_refusal(error: unknown): EnrolResult | null {
  if (!(error instanceof TransportError) || error.problem !== 'invalid') return null
  const { password } = (error.errors ?? {}) as { password?: string[] }
  const code = password?.[0] === 'too_long' ? 'password_too_long' : 'password_too_short'
  return password ? { ok: false, code, retry_after_s: null } : null
}
