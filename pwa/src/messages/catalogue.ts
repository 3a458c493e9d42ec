import { signal } from '@preact/signals'
import { language } from '../state/index.ts'
import { amount } from '../ui/format.ts'

/** The names in `{braces}` of a message: what must be given with it. */
type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type Values<Text> = Names<Text> extends never ? [] : [values: Record<Names<Text>, string | number>]

/** A translation has the same keys; that it names the same values is tested. */
export type Translation<Vietnamese> = Record<keyof Vietnamese, string>

// The document speaks the language that is chosen, for screen readers and hyphenation.
language.subscribe((chosen) => {
  document.documentElement.lang = chosen
})

/**
 * Makes the `t` of one catalogue. Vietnamese is at hand, English comes when it is first wanted and Vietnamese stands until then.
 * `one|many` is chosen by the value `n`; Vietnamese has no plural and needs none.
 */
export function catalogue<const Vietnamese extends Record<string, string>>(
  vietnamese: Vietnamese,
  load_english: () => Promise<Translation<Vietnamese>>,
) {
  const english = signal<Translation<Vietnamese> | null>(null)
  language.subscribe((chosen) => {
    if (chosen === 'en' && !english.peek())
      load_english().then(
        (loaded) => {
          english.value = loaded
        },
        () => undefined, // Not at hand offline: Vietnamese stands, the next start tries again.
      )
  })
  return function t<Key extends keyof Vietnamese>(key: Key, ...[values]: Values<Vietnamese[Key]>): string {
    const shown: Record<string, string | number> = values ?? {}
    const text = (language.value === 'en' && english.value?.[key]) || vietnamese[key] || ''
    const [one = '', many = one] = text.split('|')
    return (shown.n === 1 ? one : many).replace(/\{(\w+)\}/g, (_, name) => {
      const value = shown[name] ?? ''
      return typeof value === 'number' ? amount(value) : value
    })
  }
}

/** The message of a code that came from elsewhere (`error_storage_full`), or null when the catalogue has none. */
export const code_words =
  (vietnamese: object, t: (key: never) => string) =>
  (prefix: string, code: string): string | null => {
    const key = `${prefix}_${code}`
    return Object.hasOwn(vietnamese, key) ? t(key as never) : null
  }
