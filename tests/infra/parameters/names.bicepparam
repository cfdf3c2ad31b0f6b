using 'names.bicep'

param stems = [
  'l'
  'leads'
  'LEADS'
  'my-leads'
  'a-name-as-long-as-a-name-of-an-environment-may-be-0123456789-end'
  '--..__'
  '日本語'
  'Müller & Söhne (Leads) #1'
  '0'
]
