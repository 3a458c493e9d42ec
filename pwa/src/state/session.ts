import type { Language, SignInResult, SignOutResult } from './types.ts'
/** Opens what this phone holds and starts the sync loop. Called once, by main. */
export async function start(): Promise<void> {}
/** Signs in, or in again when the session `needs_password`. `login` is a phone number or a member code. */
export async function sign_in(_login: string, _password: string): Promise<SignInResult> {
  throw new Error('not built yet')
}
/** First use by a manager's QR code: the person chooses a password. */
export async function enrol(_code: string, _password: string): Promise<SignInResult> {
  throw new Error('not built yet')
}
/** Blocked while something is unsent. Local data stays for the next sign-in. */
export async function sign_out(): Promise<SignOutResult> {
  throw new Error('not built yet')
}
export async function set_language(_language: Language): Promise<void> {}
