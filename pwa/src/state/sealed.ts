/**
 * A file that only its password opens: AES-256-GCM under a key of PBKDF2-SHA-256. Text of three lines, so that every app
 * hands it on unharmed: what opens it, the content, and a checksum that tells a damaged file from a wrong password. The
 * format is in docs/file.md.
 */
const FORMAT = 'chophien-file'
const VERSION = 2
/** OWASP's least for PBKDF2-SHA-256. A file is carried about, so it has to stand more than a phone's lock. */
const ITERATIONS = 600_000
const ITERATIONS_MAX = 10_000_000

export type FileErrorCode = 'not_ours' | 'too_new' | 'damaged' | 'wrong_password' | 'unknown_owner'

export class FileError extends Error {
  constructor(readonly code: FileErrorCode) {
    super(code)
    this.name = 'FileError'
  }
}

interface Header {
  format: string
  version: number
  iterations: number
  /** Base64. */
  salt: string
  iv: string
}

type Bytes = Uint8Array<ArrayBuffer>
const text = new TextEncoder()

async function key_of(password: string, { salt, iterations }: Header): Promise<CryptoKey> {
  const typed = text.encode(password.normalize('NFC'))
  const raw = await crypto.subtle.importKey('raw', typed, 'PBKDF2', false, ['deriveKey'])
  const derived = { name: 'PBKDF2', hash: 'SHA-256', salt: from_base64(salt), iterations }
  return crypto.subtle.deriveKey(derived, raw, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}

/** The header is bound to the content: neither can be exchanged alone. */
const cipher = (line: string, { iv }: Header) => ({
  name: 'AES-GCM',
  iv: from_base64(iv),
  additionalData: text.encode(line),
})

export async function seal(content: Bytes, password: string): Promise<string> {
  const random = (bytes: number) => to_base64(crypto.getRandomValues(new Uint8Array(bytes)))
  const header = {
    format: FORMAT,
    version: VERSION,
    iterations: ITERATIONS,
    salt: random(16),
    iv: random(12),
  }
  const line = JSON.stringify(header)
  const sealed = await crypto.subtle.encrypt(cipher(line, header), await key_of(password, header), content)
  const body = `${line}\n${to_base64(new Uint8Array(sealed))}`
  return `${body}\n${await checksum(body)}\n`
}

/** Rejects with a `FileError`. */
export async function unseal(file: string, password: string): Promise<Bytes> {
  const [line = '', sealed = '', sum = ''] = file.split(/\r?\n/)
  const header = read_header(line)
  if ((await checksum(`${line}\n${sealed}`)) !== sum.trim()) throw new FileError('damaged')
  const key = await key_of(password, header)
  try {
    return new Uint8Array(await crypto.subtle.decrypt(cipher(line, header), key, from_base64(sealed)))
  } catch {
    throw new FileError('wrong_password') // The checksum has said that nothing was changed on the way.
  }
}

function read_header(line: string): Header {
  try {
    const header = JSON.parse(line) as Header
    if (header.format !== FORMAT) throw new FileError('not_ours')
    if (header.version > VERSION) throw new FileError('too_new')
    if (!(header.iterations > 0 && header.iterations <= ITERATIONS_MAX)) throw new FileError('damaged')
    return header
  } catch (error) {
    throw error instanceof FileError ? error : new FileError('not_ours')
  }
}

async function checksum(body: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text.encode(body)))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A multiple of three, so that the pieces join without a seam. */
const PIECE_BYTES = 24_576

function to_base64(bytes: Bytes): string {
  const pieces: string[] = []
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE_BYTES))))
  return pieces.join('')
}

const from_base64 = (encoded: string): Bytes => Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0))
