import type { Translation } from './catalogue.ts'
import type { consent_vi } from './consent_vi.ts'

export const consent_en: Translation<typeof consent_vi> = {
  consent: 'What I agree to',
  consent_why: 'It is fine not to agree: you sell as always. You may change your mind at any time.',
  public_name: 'My given name on the page of my goods',
  public_name_notice:
    'Buyers see what you are called beside what you sell. No family name, phone number or village.',
  photo: 'Show pictures with my face',
  photo_notice: 'Buyers can see pictures with your face on the page of your goods.',
  ethnic_group: 'Keep my ethnic group',
  ethnic_group_notice:
    'Staff notes which ethnic group you belong to, to reckon who gets support. Buyers do not see it, it is in no file. When you no longer agree it is erased at once.',
  yes: 'I agree',
  no: 'No',
  since: 'Agreed since {day}',
}
