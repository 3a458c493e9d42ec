/** What is to be said now: the messages that stand on the screen, then what the screen is for. */
import { t as accounts_t } from '../../messages/accounts.ts'
import { t as consent_t } from '../../messages/consent.ts'
import { t as enrol_t } from '../../messages/enrol.ts'
import { t as file_t } from '../../messages/file.ts'
import { t as help_t } from '../../messages/help.ts'
import { t as screens_t } from '../../messages/screens.ts'
import { t as voice_t } from '../../messages/voice.ts'
import { gate, language, readiness, session } from '../../state/index.ts'
import { route } from '../../ui/router.ts'
import { SCREEN_SENTENCES, screen_of } from './screen.ts'
import { type CatalogueName, MESSAGES, type Own, type Sentence } from './sentences.ts'

type Words = (key: string, values: Record<string, string>) => string
const WORDS = {
  screens: screens_t,
  accounts: accounts_t,
  consent: consent_t,
  enrol: enrol_t,
  file: file_t,
  help: help_t,
} as Record<CatalogueName, unknown> as Record<CatalogueName, Words>

export interface Spoken {
  /** null: of what no voice records. */
  key: Sentence | null
  /** In the chosen language, as the screen shows it. */
  text: string
  /** What the message names: amounts of money, times. A recorded sentence leaves them out. */
  values: readonly string[]
}

/** What the message of a pattern names where this text is that message, else null. */
export function values_in(text: string, message: string): string[] | null {
  for (const form of message.split('|')) {
    const pattern = form.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '(.+)')
    const found = new RegExp(`^${pattern}$`, 'u').exec(text.trim())
    if (found) return found.slice(1)
  }
  return null
}

/** The message's text with `{names}` in it, in the chosen language. */
function pattern_of({ catalogue, key, text }: (typeof MESSAGES)[number]): string {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  return WORDS[catalogue](key, Object.fromEntries(names.map((name) => [name, `{${name}}`])))
}

/** What of a screen must be heard, each once, in its order: messages, and whatever else it warns of. */
export function messages_in(texts: Iterable<{ text: string; warns: boolean }>): Spoken[] {
  const patterns = MESSAGES.map((message) => [message.sentence, pattern_of(message)] as const)
  const found = new Map<string, Spoken>()
  for (const { text, warns } of texts) {
    const message = patterns
      .map(([key, pattern]) => ({ key, text, values: values_in(text, pattern) }))
      .find((each): each is { key: Sentence; text: string; values: string[] } => each.values !== null)
    const spoken = message ?? (warns ? { key: null, text, values: [] } : null)
    if (spoken && !found.has(spoken.key ?? text)) found.set(spoken.key ?? text, spoken)
  }
  return [...found.values()]
}

/** The sheet on top, or the screen with what stands above it. */
function in_front(): Element[] {
  const sheets = [...document.querySelectorAll('dialog[open]:not(.speaking)')]
  const sheet = sheets.at(-1)
  if (sheet) return [sheet]
  const parts = document.querySelectorAll('.toast, .screen > main, .app > main, .gate')
  return [...parts].filter((part) => part.getClientRects().length > 0)
}

/** What stands in these, as it is read from top to bottom; not what is tapped. */
function* texts_of(parts: Iterable<Node>): Iterable<{ text: string; warns: boolean }> {
  for (const part of parts) {
    if (!(part instanceof Element) || part.matches('button, label, .unseen')) continue
    yield* texts_of(part.childNodes)
    const own = [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
    const text = own
      .map((node) => node.textContent)
      .join('')
      .trim()
    if (text) yield { text, warns: part.closest('.banner, .wrong, [role=alert]') !== null }
  }
}

function sentence_of_screen(parts: readonly Element[]): Own {
  const [sheet] = parts
  if (sheet?.matches('dialog'))
    return sheet.querySelector('.keypad')
      ? 'say_keypad'
      : ((sheet.querySelector<HTMLElement>('[data-say]')?.dataset.say as Own | undefined) ?? 'say_sheet')
  const { user } = session.value ?? {}
  const screen = screen_of({
    readiness: readiness.value,
    role: user?.role,
    locked: gate.value !== 'open',
    route: route.value,
  })
  return screen ? SCREEN_SENTENCES[screen] : 'say_screen'
}

/** Everything that the loudspeaker says where the person is now. */
export function what_to_say(): Spoken[] {
  void language.value
  const parts = in_front()
  const key = sentence_of_screen(parts)
  return [...messages_in(texts_of(parts)), { key, text: voice_t(key as 'say_sell'), values: [] }]
}
