/** What is to be said now: the messages that stand on the screen, then what the screen is for. */
import { t as screen_t } from '../messages/screens.ts'
import { screens_vi } from '../messages/screens_vi.ts'
import { t as voice_t } from '../messages/voice.ts'
import { gate, language, readiness, session } from '../state/index.ts'
import { route } from '../ui/router.ts'
import { SCREEN_SENTENCES, screen_of } from './screen.ts'
import { is_own, MESSAGES, type Sentence } from './sentences.ts'

export interface Spoken {
  key: Sentence
  /** In the chosen language, as the screen shows it. */
  text: string
  /** What the message names: amounts of money, times. A recorded sentence leaves them out. */
  values: readonly string[]
}

/** A sentence's words, without values. */
export const sentence_text = (key: Sentence): string =>
  is_own(key) ? voice_t(key as 'say_sell') : screen_t(key as 'not_here')

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
function message_pattern(key: keyof typeof screens_vi): string {
  const names = [...screens_vi[key].matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const kept = Object.fromEntries(names.map((name) => [name, `{${name}}`]))
  return (screen_t as (key: string, values: Record<string, string>) => string)(key, kept)
}

/** Messages among these texts, each once, in the order of the screen. */
export function messages_in(texts: Iterable<string>): Spoken[] {
  const patterns = MESSAGES.map((key) => [key, message_pattern(key)] as const)
  const found = new Map<Sentence, Spoken>()
  for (const text of texts)
    for (const [key, pattern] of patterns) {
      const values = values_in(text, pattern)
      if (!values) continue
      if (!found.has(key)) found.set(key, { key, text: text.trim(), values })
      break
    }
  return [...found.values()]
}

/** The sheet on top, or the screen with what stands above it. */
function in_front(): Element[] {
  const sheets = [...document.querySelectorAll('dialog[open]:not(.speaking)')]
  const sheet = sheets.at(-1)
  if (sheet) return [sheet]
  return [...document.querySelectorAll('.toast, .screen:not([hidden]) > main, .app > main, .gate')]
}

/** What stands in these, as it is read from top to bottom; not what is tapped. */
function* texts_of(parts: Iterable<Node>): Iterable<string> {
  for (const part of parts) {
    if (!(part instanceof Element) || part.matches('button, label, .unseen')) continue
    yield* texts_of(part.childNodes)
    const own = [...part.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
    const text = own.map((node) => node.textContent).join('')
    if (text.trim()) yield text
  }
}

function sentence_of_screen(parts: readonly Element[]): Sentence {
  const [sheet] = parts
  if (sheet?.matches('dialog'))
    return sheet.querySelector('.keypad')
      ? 'say_keypad'
      : ((sheet.querySelector<HTMLElement>('[data-say]')?.dataset.say as Sentence | undefined) ?? 'say_sheet')
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
  return [...messages_in(texts_of(parts)), { key, text: sentence_text(key), values: [] }]
}
