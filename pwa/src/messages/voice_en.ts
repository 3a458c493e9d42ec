import type { Translation } from './catalogue.ts'
import type { voice_vi } from './voice_vi.ts'

export const voice_en: Translation<typeof voice_vi> = {
  say_sell: 'This is the sell screen. Tap what you just sold. If it is not shown here, tap Other goods.',
  say_amount:
    'Choose how much was sold. If you bargained, tap the amount of money to change it. Choose how it was paid, then tap Save. Saving works without a connection.',
  say_other_goods:
    'Record goods that are not in the book yet. Enter the name, choose how it is sold, then the quantity and the price.',
  say_goods:
    'These are your goods. Tap one to see it, change its price or add stock. Tap Add goods for a new one.',
  say_listing:
    'These are one kind of goods. Here you change the price, take a photo, record stock added or lost, or stop selling it.',
  say_listing_new:
    'Add new goods. Enter the name, choose how it is sold, enter the price. A photo makes it easy to find. Then tap Save.',
  say_statement:
    'This is what the co-op still owes. Below it is what was paid and advanced. Tap the slip to send it on.',
  say_book: 'This is the sales book, the newest sale first. Tap a sale to see or correct it.',
  say_sale:
    'This is one sale. If a number is wrong, tap Correct. If it was a mistake, tap Void. A voided sale stays in the book.',
  say_correct: 'Correct a sale. Enter the right numbers, then tap Save. The old sale stays in the book.',
  say_send:
    'This screen sends the book. With a connection the phone sends by itself. Two equal numbers and a tick mean that the co-operative has everything. Tap the large button to send now.',
  say_board:
    'The board of the co-operative: the next market, notices, usual prices. Tap Tell a need or difficulty to tell what you need.',
  say_sign_in: 'Please sign in. Enter your phone number or member code, then the password, and tap Sign in.',
  say_gate: 'Several people share this phone. Tap your name, then enter your PIN.',
  say_enrol: 'Come in with the manager’s code. See whether the name is yours, then choose a password.',
  say_first_sync:
    'The book is being brought to this phone. Please wait. Only this first time needs a connection.',
  say_account: 'This is your account. Here you choose the language and the voice, or sign out.',
  say_password: 'Sending needs your password again. What was recorded is still on this phone.',
  say_camera:
    'Take a photo. Tap the round button below, then tap Use it. Tap Choose a picture for one that is here already.',
  say_storage: 'The book on this phone did not open. Nothing is lost. Tap Try again.',
  say_save_file:
    'Save to a file. Choose a password for the file, tap Lock the file, then send it to another phone to keep.',
  say_take_back: 'Take back from a file. Choose the file, enter its password, then tap Take back.',
  say_receipt:
    'A receipt for the sale. Tap Share the receipt to give it to the buyer, without a network too.',
  say_keypad: 'Tap the digits, then tap Done.',
  say_sheet: 'Fill this in, then tap Save. Tap the cross at the top to close it.',
  say_office: 'This part is for the managers.',
  say_help:
    'This is the help. Tap a line to see how something is done, with pictures. It works without a connection.',
  say_screen: 'Tap the loudspeaker to listen. Tap the arrow at the top to go back.',

  toast_saved: 'Saved on this phone.',
  toast_today: 'This is the total sold today.',
  toast_undone: 'The sale just recorded was voided.',
  clock_ahead: 'This phone’s clock is fast. Please set it.',
  clock_behind: 'This phone’s clock is slow. Please set it.',
  more_than_left: 'This is more than the book says is left. You can still save.',
  sign_in_wait: 'Too many wrong attempts. Please wait a few minutes.',
  sign_out_blocked: 'Something is only on this phone. Send it or save it to a file first.',
  checked: 'Compared with the co-operative, everything agrees.',
  photos_waiting: 'Photos are still waiting to be sent.',
  voided_why: 'This sale was voided.',
  enrol_wait: 'Too many attempts. Please wait a few minutes.',
  pin_leave_blocked: 'This person has something that is only on this phone. Send it first.',
  file_made: 'The file is locked. Keep it somewhere else than on this phone.',
  file_left_out: 'Some photos did not fit. They stay on the phone and are sent when there is a network.',
  file_taken_here: 'Taken back from the file. The phone sends it when there is a network.',
  file_taken_sign_in: 'Kept on this phone. It is sent when the owner of the file signs in.',
  file_known: 'These were on the phone already, and are not recorded again.',
  pin_wait: 'Wrong too often. Please wait a while, then enter it again.',

  voice_say: 'Listen to this screen',
  voice_stop: 'Stop',
  voice_silent: 'This phone has no voice yet. Please read, or ask somebody to read.',
  voice_title: 'Voice',
  voice_device: 'The phone’s voice',
  voice_auto: 'Read each screen by itself',
  voice_size: '{size} · {n} sentence|{size} · {n} sentences',
  voice_here: 'on this phone',
  voice_partly: '{n} of {of} sentences are here, the others come with a connection',
  voice_loading: 'Downloading {n} of {of} sentences…',
  voice_full: 'The phone is full; the voice is not complete.',
  voice_update: 'Get the new version',
  voice_remove: 'Remove from this phone',
  voice_none: 'Your co-operative has recorded no voice yet.',
  voice_offline: 'Voices need a connection once, to be seen and downloaded.',
}
