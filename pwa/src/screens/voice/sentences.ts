/** Every sentence that can be heard: one for each screen, and the messages that a person must not miss. */
import { accounts_vi } from '../../messages/accounts_vi.ts'
import { consent_vi } from '../../messages/consent_vi.ts'
import { enrol_vi } from '../../messages/enrol_vi.ts'
import { file_vi } from '../../messages/file_vi.ts'
import { help_vi } from '../../messages/help_vi.ts'
import { screens_vi } from '../../messages/screens_vi.ts'
import { voice_vi } from '../../messages/voice_vi.ts'
import { number_keys } from './numbers.ts'

/** A screen's sentence, or a message that has other words when it is heard than when it is read. */
export type Own = Exclude<keyof typeof voice_vi, `voice_${string}`>
export type Sentence = string

export type CatalogueName = 'screens' | 'accounts' | 'consent' | 'enrol' | 'file' | 'help'

interface Source {
  catalogue: CatalogueName
  texts: Record<string, string>
  /** Before the message's own key, where two catalogues may use the same. */
  prefix: string
  /** Families of notices, errors and states: whoever adds one adds a sentence with it. */
  heard: RegExp
}

export const SOURCES: readonly Source[] = [
  {
    catalogue: 'screens',
    texts: screens_vi,
    prefix: '',
    heard:
      /^((storage|error|sync_error|why|approval|clock|refused|toast)_.+|sign_in_(?!what$).+|(sell|goods|book|debts|look)_empty|photo_(not_here|refused)|update_ready|needs_password|needs_network_once|not_here|nothing_found|more_than_left|no_camera|not_a_picture|withdrawn_why|void_ask|void_why|voided_why|counts_not|mend_dismiss_why|photos_waiting|sending|checked|not_checked|differs|sign_out_blocked|receipt_(failed|not_shared|unconfirmed))$/,
  },
  {
    catalogue: 'accounts',
    texts: accounts_vi,
    prefix: 'pin_',
    heard:
      /^(wrong_pin|wait|password_wanted|forgot_.+|choose_(why|is|again|differ|failed)|hand_on_.+|leave_(why|blocked|not_sent|password)|portrait_why)$/,
  },
  {
    catalogue: 'consent',
    texts: consent_vi,
    prefix: '',
    heard: /^(consent_why|.+_notice)$/,
  },
  {
    catalogue: 'enrol',
    texts: enrol_vi,
    prefix: '',
    heard: /^(enrol_(error_.+|wait|password_hint)|scan_(how|no_camera|nothing|other)|(in_app|install)_why)$/,
  },
  {
    catalogue: 'file',
    texts: file_vi,
    prefix: 'file_',
    heard: /^(save_what|password_(hint|short)|made|left_out|save_failed|take_what|taken_.+|known|error_.+)$/,
  },
  {
    catalogue: 'help',
    texts: help_vi,
    prefix: 'help_',
    heard: /^(nothing_found|only_vietnamese|picture_not_here)$/,
  },
]

export const is_own = (key: string): key is Own => Object.hasOwn(voice_vi, key) && !key.startsWith('voice_')

interface Message {
  sentence: Sentence
  catalogue: CatalogueName
  key: string
  /** In Vietnamese, with `{names}`. */
  text: string
}

export const MESSAGES: readonly Message[] = SOURCES.flatMap(({ catalogue, texts, prefix, heard }) =>
  Object.entries(texts)
    .filter(([key]) => heard.test(key) && key !== 'forgot_title')
    .map(([key, text]) => ({ sentence: prefix + key, catalogue, key, text })),
)

const SCREEN_SENTENCES = Object.keys(voice_vi).filter((key) => key.startsWith('say_'))

const SENTENCES: readonly Sentence[] = [...SCREEN_SENTENCES, ...MESSAGES.map(({ sentence }) => sentence)]

/** What is recorded of a language, in this order: what is heard most comes first, numbers last. */
export const sentences_of = (language: string): readonly Sentence[] => [
  ...SENTENCES,
  ...number_keys(language),
]
