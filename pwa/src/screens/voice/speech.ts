/** The phone's own voice, where it has one for the language: one that needs no network first. */

const VOICES_WAIT_MS = 700

export interface DeviceSpeech {
  speak(text: string): Promise<boolean>
  stop(): void
}

/** The best of these voices for a language; null: none speaks it. */
export function best_voice<Voice extends { lang: string; localService: boolean }>(
  voices: readonly Voice[],
  language: string,
  is_online: boolean,
): Voice | null {
  const fitting = voices.filter(({ lang }) => lang.toLowerCase().split(/[-_]/)[0] === language)
  return fitting.find(({ localService }) => localService) ?? (is_online ? (fitting[0] ?? null) : null)
}

/** As it is said: `460.000 ₫` is read digit by digit, or as 460, by more than one voice. */
export const speakable = (text: string): string =>
  text.replace(/(\d)\.(?=\d{3}(?!\d))/g, '$1').replace(/\s?₫/g, ' đồng')

/** Voices come late in some browsers: once, and only when asked. */
async function voices_of(synthesis: SpeechSynthesis): Promise<SpeechSynthesisVoice[]> {
  const at_once = synthesis.getVoices()
  if (at_once.length > 0) return at_once
  await new Promise<void>((done) => {
    synthesis.addEventListener('voiceschanged', () => done(), { once: true })
    setTimeout(done, VOICES_WAIT_MS)
  })
  return synthesis.getVoices()
}

/** null where the phone has no voice for this language that works now. */
export async function device_speech(language: string): Promise<DeviceSpeech | null> {
  const synthesis = globalThis.speechSynthesis
  if (!synthesis) return null
  const voice = best_voice(await voices_of(synthesis), language, navigator.onLine)
  if (!voice) return null
  return {
    speak: (text) =>
      new Promise((done) => {
        const utterance = new SpeechSynthesisUtterance(speakable(text))
        utterance.voice = voice
        utterance.lang = voice.lang
        utterance.onend = () => done(true)
        utterance.onerror = () => done(false)
        synthesis.speak(utterance)
      }),
    stop: () => synthesis.cancel(),
  }
}
