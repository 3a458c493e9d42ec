import type { Translation } from './catalogue.ts'
import type { help_vi } from './help_vi.ts'

export const help_en: Translation<typeof help_vi> = {
  help: 'Help',
  back_to_contents: 'All topics',
  search_help: 'Search, for example: ban chiu',
  nothing_found: 'Nothing found. Try another word, or ask your co-operative.',
  this_screen: 'About the screen you came from',
  only_vietnamese: 'The guide is written in Vietnamese. Its pictures show where to tap.',
  picture_not_here: 'This picture is not on the phone yet. It comes when there is a connection.',
}
