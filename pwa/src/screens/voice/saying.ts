/** Says one sentence after another: the chosen voice's clip, else the phone's own voice, else the words are read. */
import type { ClipFile } from '../../state/voice.ts'
import { ways_to_say } from './numbers.ts'
import type { Spoken } from './reading.ts'

export type Way = 'clip' | 'speech' | 'text'

export interface Means {
  /** Of the chosen voice, a tag of BCP 47; null: none is chosen. */
  language: string | null
  /** The chosen voice's recording of a sentence. */
  clip(key: string): Promise<ClipFile | null>
  /** Resolves to whether it was heard to its end. */
  play(clip: ClipFile): Promise<boolean>
  /** The phone's own voice; null: it has none for the language. */
  speech: { speak(text: string): Promise<boolean> } | null
}

/** How it was said. A clip names no values: they are put together from recorded numbers, or the phone's voice adds them. */
export async function say(spoken: Spoken, means: Means): Promise<Way> {
  const clip = spoken.key && (await means.clip(spoken.key).catch(() => null))
  if (clip && (await means.play(clip))) {
    for (const value of spoken.values) await say_value(value, means)
    return 'clip'
  }
  return (await means.speech?.speak(spoken.text)) ? 'speech' : 'text'
}

/** In the chosen voice only if it has recorded all that one way of saying it needs. */
async function say_value(value: string, means: Means): Promise<void> {
  for (const keys of means.language === null ? [] : ways_to_say(value, means.language)) {
    const clips = await Promise.all(keys.map((key) => means.clip(key).catch(() => null)))
    if (!clips.every((clip) => clip !== null)) continue
    for (const clip of clips) if (!(await means.play(clip))) return
    return
  }
  await means.speech?.speak(value)
}

/** Says all of them; whether every one was heard. `on_each` is told before each, `goes_on` is asked. */
export async function say_all(
  sentences: readonly Spoken[],
  means: Means,
  goes_on: () => boolean,
  on_each: (index: number) => void,
): Promise<boolean> {
  let all_heard = true
  for (const [index, spoken] of sentences.entries()) {
    if (!goes_on()) return false
    on_each(index)
    if ((await say(spoken, means)) === 'text') all_heard = false
  }
  return all_heard
}
