"""Which files hold what respondents can meet: all of it exists in Arabic too."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = [
    "workshop/{errors,files,i18n,mail,resending}.py",
    "workshop/papers/{media,uploads}.py",
    "workshop/questionnaires/{answers,colleague_form,colleagues,copies,currencies,entries,figures,files_sent,invited}.py",
    "workshop/questionnaires/{languages,models,personal,rules,screen,together,views,wording}.py",
    "workshop/sending/letters.py",
    "templates/components/forms.html",
    "templates/layouts/{_messages,_who,base,error,resend}.html",
    "templates/questionnaires/{_controls,_layout,_link,_notice,_publication,_questions}.html",
    "templates/questionnaires/{begin,decline,introduction,name_colleagues,section,summary,thanks,withdraw}.html",
    "templates/questionnaires/{mail,pdf}/*",
]
