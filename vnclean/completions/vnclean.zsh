#compdef vnclean

# Made from the parsers of the commands by python tools/generate.py, with shtab 1.13
# (https://github.com/tqdm/shtab, Apache-2.0).  vnclean completion prints it.


_shtab_vnclean_commands() {
  local _commands=(
    apply:'Make the edits of a report'
    check:'Say what clean would repair; change nothing'
    clean:'Repair text'
    completion:'Print a script by which a shell completes the command lines of vnclean'
    config:'Show what is set, and begin a configuration file'
    dict:'Keep a dictionary of your own'
    explain:'Say of every word why clean changes it, or not, and show what else was weighed'
    help:'Show help on a topic or a command'
    learn:'Propose words for a dictionary of your own'
    model:'Adapt the language model to your own texts, train and inspect one'
    report:'Show what a report amounts to'
    review:'Decide on the doubtful edits of a report'
    spark:'Repair all files of a folder on Apache Spark'
    undo:'Take repairs back'
  )
  _describe 'vnclean commands' _commands
}

_shtab_vnclean_config_commands() {
  local _commands=(
    init:'Write a vnclean'
    show:'Show what holds for PATH, and where each value comes from'
  )
  _describe 'vnclean config commands' _commands
}

_shtab_vnclean_dict_commands() {
  local _commands=(
    add:'Add entries'
    import:'Add the words of each FILE'
    lint:'Name what is wrong in each FILE: what makes no sense (an entry that contradicts another, has no letter, or is corrected again), and what is there twice'
    list:'Show the entries, in the order in which they are written'
    remove:'Take entries out'
  )
  _describe 'vnclean dict commands' _commands
}

_shtab_vnclean_model_commands() {
  local _commands=(
    build:'Adapt vnclean'"'"'s language model to your own text'
    info:'Show what a model was built from, and whether it is intact'
    train:'Train a language model from nothing, as vnclean'"'"'s own was'
  )
  _describe 'vnclean model commands' _commands
}

_shtab_vnclean_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--version[show the version]"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_defaults_added=0

_shtab_vnclean_apply_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  {-o,--output=}"[write the files there, under their names\; a FILE if it is one\; nothing is replaced]:DIR:_files -/"
  "--report=[write the report of what holds then there, and leave REPORT as it is]:NEW:_files"
  "--dry-run[say what would be done, do nothing]"
  "(*)::REPORT:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_apply_defaults_added=0

_shtab_vnclean_check_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "--format=[text\: lines to read (the default)\; json\: JSON Lines, as in a report\; github\: annotations of GitHub Actions\; sarif\: SARIF 2.1.0]:FORMAT:(text json github sarif)"
  "--diff[show a unified diff, fit for patch -p0]"
  "--all[also list what clean would leave alone]"
  "*--exclude=[in folders, leave out what matches, as in a .gitignore\; may be given again]:GLOB:"
  "--expansion=[unpack nothing to more than N times its size (default\: 200)]:N:"
  "--min-confidence=[apply a repair if it is right with at least this probability, from 0 to 1 (default\: 0.6, and 0.35 where a whole stretch is damaged)]:P:"
  "--model=[use a language model that vnclean model build has made of your own text]:FILE:_files"
  "*--leave=[report repairs of this kind (tone, lost-letters, \…), but do not make them\; may be given again]:KIND:(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)"
  "--tone-style=[write the tone of hòa or hoà the old way, the new way, or as it is (default\: keep)]:tone_style:(keep old new)"
  {--join-lines,--no-join-lines}"[put words together that a hyphen breaks at the end of a line (khoa h-, ọc)]"
  {--drop-boilerplate,--no-drop-boilerplate}"[leave out lines that are only a web page\'s menus, buttons and notices, with their line ends]"
  "*--dictionary=[obey a dictionary of your own\: words that are never or always changed (see vnclean dict\; may be given again\; default\: vnclean.words here or in a folder above)]:FILE:_files"
  "*--decisions=[obey what vnclean review has put there\: words that are never changed, repairs that are always made or never]:FILE:_files"
  "*--ignore=[leave alone whatever matches in a line\; may be given again]:REGEX:"
  {--markers,--no-markers}"[leave alone what vnclean\:off \… vnclean\:on and vnclean\:ignore-line in a text say (default)]"
  {-j,--jobs=}"[clean on so many cores, 0 for all there are\; the result is the same (default\: 1, and all for folders)]:N:"
  "--encoding=[take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out]:ENCODING:(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)"
  "--type=[take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name]:TYPE:(text jsonl csv tsv html srt vtt markdown)"
  "*"{--field,--column=}"[the field or column that is text, in records (default\: text)\; may be given again\; a.b is b within a]:FIELD:"
  "--config=[read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it]:FILE:_files"
  "--isolated[read no configuration file, and no dictionary that is not named]"
  "(*)::PATH:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_check_defaults_added=0

_shtab_vnclean_clean_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  {-o,--output=}"[write here, not to stdout\; folders and archives\: into this folder]:FILE:_files"
  {-i,--in-place}"[repair the files themselves]"
  "--backup=[with -i\: keep the original under its name \+ SUFFIX]:SUFFIX:"
  "--report=[write every edit there, as JSON Lines]:FILE:_files"
  {--summary,--no-summary}"[show what was done, on stderr]"
  "--min-confidence=[apply a repair if it is right with at least this probability, from 0 to 1 (default\: 0.6, and 0.35 where a whole stretch is damaged)]:P:"
  "--model=[use a language model that vnclean model build has made of your own text]:FILE:_files"
  "*--leave=[report repairs of this kind (tone, lost-letters, \…), but do not make them\; may be given again]:KIND:(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)"
  "--tone-style=[write the tone of hòa or hoà the old way, the new way, or as it is (default\: keep)]:tone_style:(keep old new)"
  {--join-lines,--no-join-lines}"[put words together that a hyphen breaks at the end of a line (khoa h-, ọc)]"
  {--drop-boilerplate,--no-drop-boilerplate}"[leave out lines that are only a web page\'s menus, buttons and notices, with their line ends]"
  "*--dictionary=[obey a dictionary of your own\: words that are never or always changed (see vnclean dict\; may be given again\; default\: vnclean.words here or in a folder above)]:FILE:_files"
  "*--decisions=[obey what vnclean review has put there\: words that are never changed, repairs that are always made or never]:FILE:_files"
  "*--ignore=[leave alone whatever matches in a line\; may be given again]:REGEX:"
  {--markers,--no-markers}"[leave alone what vnclean\:off \… vnclean\:on and vnclean\:ignore-line in a text say (default)]"
  {-j,--jobs=}"[clean on so many cores, 0 for all there are\; the result is the same (default\: 1, and all for folders)]:N:"
  "--encoding=[take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out]:ENCODING:(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)"
  "--type=[take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name]:TYPE:(text jsonl csv tsv html srt vtt markdown)"
  "*"{--field,--column=}"[the field or column that is text, in records (default\: text)\; may be given again\; a.b is b within a]:FIELD:"
  "--config=[read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it]:FILE:_files"
  "--isolated[read no configuration file, and no dictionary that is not named]"
  "--resume[go on where an earlier run stopped\; only what is new or changed is done]"
  "--force[begin anew where there was a run, and replace files that are in the way]"
  "*--exclude=[leave out what matches, as in a .gitignore\; may be given again]:GLOB:"
  "--files-from=[read names of files and folders from there (- is standard input), one a line or with a NUL after each\; they keep their folders in DIR]:FILE:_files"
  "--expansion=[unpack nothing to more than N times its size (default\: 200)]:N:"
  "--dry-run[say what would be done, do nothing]"
  "--summary-json=[write there what was done, and everything skipped or failed with its reason]:FILE:_files"
  "--state=[with -i\: remember there what is done (default\: .vnclean in the first folder)]:DIR:_files -/"
  {--quiet,--no-quiet}"[show nothing but what went wrong]"
  {--verbose,--no-verbose}"[name everything that is skipped]"
  {--progress,--no-progress}"[show how far it is (default)]"
  "(*)::PATH:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_clean_defaults_added=0

_shtab_vnclean_completion_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "(*)::SHELL:(bash zsh fish)"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_completion_defaults_added=0

_shtab_vnclean_config_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_config_defaults_added=0

_shtab_vnclean_config_init_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_config_init_defaults_added=0

_shtab_vnclean_config_show_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "--json[one JSON object a key, for programs]"
  "--min-confidence=[apply a repair if it is right with at least this probability, from 0 to 1 (default\: 0.6, and 0.35 where a whole stretch is damaged)]:P:"
  "--model=[use a language model that vnclean model build has made of your own text]:FILE:_files"
  "*--leave=[report repairs of this kind (tone, lost-letters, \…), but do not make them\; may be given again]:KIND:(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)"
  "--tone-style=[write the tone of hòa or hoà the old way, the new way, or as it is (default\: keep)]:tone_style:(keep old new)"
  {--join-lines,--no-join-lines}"[put words together that a hyphen breaks at the end of a line (khoa h-, ọc)]"
  {--drop-boilerplate,--no-drop-boilerplate}"[leave out lines that are only a web page\'s menus, buttons and notices, with their line ends]"
  "*--dictionary=[obey a dictionary of your own\: words that are never or always changed (see vnclean dict\; may be given again\; default\: vnclean.words here or in a folder above)]:FILE:_files"
  "*--decisions=[obey what vnclean review has put there\: words that are never changed, repairs that are always made or never]:FILE:_files"
  "*--ignore=[leave alone whatever matches in a line\; may be given again]:REGEX:"
  {--markers,--no-markers}"[leave alone what vnclean\:off \… vnclean\:on and vnclean\:ignore-line in a text say (default)]"
  {-j,--jobs=}"[clean on so many cores, 0 for all there are\; the result is the same (default\: 1, and all for folders)]:N:"
  "--encoding=[take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out]:ENCODING:(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)"
  "--type=[take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name]:TYPE:(text jsonl csv tsv html srt vtt markdown)"
  "*"{--field,--column=}"[the field or column that is text, in records (default\: text)\; may be given again\; a.b is b within a]:FIELD:"
  "--config=[read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it]:FILE:_files"
  "--isolated[read no configuration file, and no dictionary that is not named]"
  "(*)::PATH:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_config_show_defaults_added=0

_shtab_vnclean_dict_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_dict_defaults_added=0

_shtab_vnclean_dict_add_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "--file=[the dictionary (default\: vnclean.words here or in a folder above)]:FILE:_files"
  "(*)::ENTRY:"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_dict_add_defaults_added=0

_shtab_vnclean_dict_import_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "--file=[the dictionary (default\: vnclean.words here or in a folder above)]:FILE:_files"
  "--encoding=[what the FILEs are in]:ENCODING:(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)"
  "--all[take words too that vnclean knows already]"
  "(*)::FILE:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_dict_import_defaults_added=0

_shtab_vnclean_dict_lint_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "--file=[the dictionary (default\: vnclean.words here or in a folder above)]:FILE:_files"
  "(*)::FILE:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_dict_lint_defaults_added=0

_shtab_vnclean_dict_list_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "--file=[the dictionary (default\: vnclean.words here or in a folder above)]:FILE:_files"
  "--json[one JSON object an entry]"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_dict_list_defaults_added=0

_shtab_vnclean_dict_remove_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "--file=[the dictionary (default\: vnclean.words here or in a folder above)]:FILE:_files"
  "(*)::ENTRY:"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_dict_remove_defaults_added=0

_shtab_vnclean_explain_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "--json[one JSON object a word instead of tables]"
  "--all[show a table for every word]"
  "--min-confidence=[apply a repair if it is right with at least this probability, from 0 to 1 (default\: 0.6, and 0.35 where a whole stretch is damaged)]:P:"
  "*--dictionary=[obey a dictionary of your own\: words that are never or always changed (see vnclean dict\; may be given again\; default\: vnclean.words here or in a folder above)]:FILE:_files"
  "*--decisions=[obey what vnclean review has put there\: words that are never changed, repairs that are always made or never]:FILE:_files"
  "*--ignore=[leave alone whatever matches in a line\; may be given again]:REGEX:"
  {--markers,--no-markers}"[leave alone what vnclean\:off \… vnclean\:on and vnclean\:ignore-line in a text say (default)]"
  "--model=[use a language model that vnclean model build has made of your own text]:FILE:_files"
  "--config=[read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it]:FILE:_files"
  "--isolated[read no configuration file, and no dictionary that is not named]"
  "(*)::TEXT:"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_explain_defaults_added=0

_shtab_vnclean_help_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "(*)::NAME:(archives confidence configuration encodings exit-codes folders formats hooks kinds models pipelines reports review words clean check report review undo apply dict explain learn model spark config help completion)"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_help_defaults_added=0

_shtab_vnclean_learn_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  {-o,--output=}"[write the proposed dictionary there, not to stdout]:FILE:_files"
  "--min-count=[propose what is there so often, at least (default\: 5)]:N:"
  "*--exclude=[in folders, leave out what matches, as in a .gitignore\; may be given again]:GLOB:"
  "--json[tell programs, not people]"
  {--progress,--no-progress}"[show how far it is (default)]"
  {-j,--jobs=}"[read on so many cores, 0 for all there are (default\: all)]:N:"
  "--encoding=[take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out]:ENCODING:(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)"
  "--type=[take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name]:TYPE:(text jsonl csv tsv html srt vtt markdown)"
  "*"{--field,--column=}"[the field or column that is text, in records (default\: text)\; may be given again\; a.b is b within a]:FIELD:"
  "--config=[read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it]:FILE:_files"
  "--isolated[read no configuration file, and no dictionary that is not named]"
  "(*)::PATH:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_learn_defaults_added=0

_shtab_vnclean_model_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_model_defaults_added=0

_shtab_vnclean_model_build_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  {-o,--output=}"[the model file]:FILE:_files"
  "--weight=[believe the text so far at most, from 0 to 1 (default\: 0.25)\; more helps text of its kind, and harms other text]:P:"
  "*--exclude=[in folders, leave out what matches, as in a .gitignore\; may be given again]:GLOB:"
  "--json[tell programs, not people]"
  {--progress,--no-progress}"[show how far it is (default)]"
  {-j,--jobs=}"[read on so many cores, 0 for all there are (default\: all)]:N:"
  "--encoding=[take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out]:ENCODING:(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)"
  "--type=[take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name]:TYPE:(text jsonl csv tsv html srt vtt markdown)"
  "*"{--field,--column=}"[the field or column that is text, in records (default\: text)\; may be given again\; a.b is b within a]:FIELD:"
  "--config=[read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it]:FILE:_files"
  "--isolated[read no configuration file, and no dictionary that is not named]"
  "(*)::PATH:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_model_build_defaults_added=0

_shtab_vnclean_model_info_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "(*)::FILE:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_model_info_defaults_added=0

_shtab_vnclean_model_train_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  {-o,--output=}"[the model file]:FILE:_files"
  "--trigrams=[how many trigrams to keep, about (default\: 10000000)]:N:"
  "--no-wide-context[leave out what words farther off say\: quicker to build, needs no numba]"
  "(*)::CORPUS:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_model_train_defaults_added=0

_shtab_vnclean_report_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "--json[one JSON object instead of tables]"
  "--html=[write one page there that shows each repair in its text, to be opened in a browser\; it needs no network]:OUT:_files"
  "--context-only[with --html\: show only the text in the report, even where the documents are at hand]"
  "(*)::REPORT:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_report_defaults_added=0

_shtab_vnclean_review_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "--below=[show repairs made with a confidence below P (default\: 0.9), and all that was left alone]:P:"
  "--all[show all edits, those too that your own words keep]"
  "*--kind=[only edits of this kind (tone, lost-letters, \…)\; may be given again]:KIND:(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)"
  "*--file=[only edits of files like this (\'news\/\*\')\; may be given again]:PATTERN:"
  "--order=[the most doubtful first, among them the commonest, or as the report has them (default\: doubt)]:order:(doubt file)"
  "--decisions=[keep what is decided there (default\: REPORT.decisions.jsonl)]:FILE:_files"
  "--write=[at the end write the report as it was decided, for vnclean apply\; not after Ctrl-C]:NEW:_files"
  "(*)::REPORT:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_review_defaults_added=0

_shtab_vnclean_spark_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "--format=[text\: each file is a document, of the kind that its name says\; jsonl\: each line is a record\; parquet\: each row is one]:format:(text jsonl parquet)"
  "--report=[write every edit there, as JSON Lines (default\: OUT.report)]:DIR:_files -/"
  "--mode=[what to do if OUT or its report exists (default\: errorifexists)]:mode:(errorifexists overwrite)"
  "--master=[where to run\: local\[4\], spark\:\/\/HOST\:PORT, yarn, k8s\:\/\/HOST\:PORT (default\: what spark-submit or the variable MASTER says, otherwise all cores of this machine)]:URL:"
  "*--conf=[a setting of Spark, as spark.executor.cores\=4\; may be given again]:SETTING:"
  "--quiet[show nothing but what went wrong]"
  {--progress,--no-progress}"[show how far it is (default)]"
  "--min-confidence=[apply a repair if it is right with at least this probability, from 0 to 1 (default\: 0.6, and 0.35 where a whole stretch is damaged)]:P:"
  "--model=[use a language model that vnclean model build has made of your own text]:FILE:_files"
  "*--leave=[report repairs of this kind (tone, lost-letters, \…), but do not make them\; may be given again]:KIND:(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)"
  "--tone-style=[write the tone of hòa or hoà the old way, the new way, or as it is (default\: keep)]:tone_style:(keep old new)"
  {--join-lines,--no-join-lines}"[put words together that a hyphen breaks at the end of a line (khoa h-, ọc)]"
  {--drop-boilerplate,--no-drop-boilerplate}"[leave out lines that are only a web page\'s menus, buttons and notices, with their line ends]"
  "*--dictionary=[obey a dictionary of your own\: words that are never or always changed (see vnclean dict\; may be given again\; default\: vnclean.words here or in a folder above)]:FILE:_files"
  "*--decisions=[obey what vnclean review has put there\: words that are never changed, repairs that are always made or never]:FILE:_files"
  "*--ignore=[leave alone whatever matches in a line\; may be given again]:REGEX:"
  {--markers,--no-markers}"[leave alone what vnclean\:off \… vnclean\:on and vnclean\:ignore-line in a text say (default)]"
  "--encoding=[take the input to be in this encoding, for example tcvn3, vni or windows-1258, instead of finding it out]:ENCODING:(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)"
  "--type=[take the input to be text, jsonl, csv, tsv, html, srt, vtt or markdown, whatever its name]:TYPE:(text jsonl csv tsv html srt vtt markdown)"
  "*"{--field,--column=}"[the field or column that is text, in records (default\: text)\; may be given again\; a.b is b within a]:FIELD:"
  "--config=[read this configuration file, instead of vnclean.toml or pyproject.toml in the folder of what is cleaned or above it]:FILE:_files"
  "--isolated[read no configuration file, and no dictionary that is not named]"
  "(*)::IN:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_spark_defaults_added=0

_shtab_vnclean_undo_options=(
  "(- : *)"{-h,--help}"[show this help message and exit]"
  "--lang=[speak English (en) or Vietnamese (vi) (default\: as the locale says)]:LANG:(en vi)"
  "*--kind=[those of this kind, for example tone\; may be given again]:KIND:(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)"
  "*--file=[those in this file or document, or in those that fit this pattern]:PATH:_files"
  "*--edit=[those in these lines of the report\: 12, or 40-44, or 12,40-44]:N:"
  "--below=[those less sure than this, from 0 to 1]:P:"
  {-o,--output=}"[write the files there, under their names\; a FILE if it is one\; nothing is replaced]:DIR:_files -/"
  "--report=[write the report of what holds then there, and leave REPORT as it is]:NEW:_files"
  "--dry-run[say what would be done, do nothing]"
  "(*)::REPORT:_files"
)

# guard to ensure default positional specs are added only once per session
_shtab_vnclean_undo_defaults_added=0


_shtab_vnclean() {
  local context state line curcontext="$curcontext" one_or_more='(*)' remainder='(-)*:' default='*::: :->vnclean'

  # Add default positional/remainder specs only if none exist, and only once per session
  if (( ! _shtab_vnclean_defaults_added )); then
    if (( ${_shtab_vnclean_options[(I)${(q)one_or_more}*]} +          ${_shtab_vnclean_options[(I)${(q)remainder}*]} +          ${_shtab_vnclean_options[(I)${(q)default}]} == 0 )); then
      _shtab_vnclean_options+=(': :_shtab_vnclean_commands' '*::: :->vnclean')
    fi
    _shtab_vnclean_defaults_added=1
  fi
  _arguments -C -s $_shtab_vnclean_options

  case $state in
    vnclean)
      words=($line[1] "${words[@]}")
      (( CURRENT += 1 ))
      curcontext="${curcontext%:*:*}:_shtab_vnclean-$line[1]:"
      case $line[1] in
        apply) _arguments -C -s $_shtab_vnclean_apply_options ;;
        check) _arguments -C -s $_shtab_vnclean_check_options ;;
        clean) _arguments -C -s $_shtab_vnclean_clean_options ;;
        completion) _arguments -C -s $_shtab_vnclean_completion_options ;;
        config) _shtab_vnclean_config ;;
        dict) _shtab_vnclean_dict ;;
        explain) _arguments -C -s $_shtab_vnclean_explain_options ;;
        help) _arguments -C -s $_shtab_vnclean_help_options ;;
        learn) _arguments -C -s $_shtab_vnclean_learn_options ;;
        model) _shtab_vnclean_model ;;
        report) _arguments -C -s $_shtab_vnclean_report_options ;;
        review) _arguments -C -s $_shtab_vnclean_review_options ;;
        spark) _arguments -C -s $_shtab_vnclean_spark_options ;;
        undo) _arguments -C -s $_shtab_vnclean_undo_options ;;
      esac
  esac
}

_shtab_vnclean_config() {
  local context state line curcontext="$curcontext" one_or_more='(*)' remainder='(-)*:' default='*::: :->config'

  # Add default positional/remainder specs only if none exist, and only once per session
  if (( ! _shtab_vnclean_config_defaults_added )); then
    if (( ${_shtab_vnclean_config_options[(I)${(q)one_or_more}*]} +          ${_shtab_vnclean_config_options[(I)${(q)remainder}*]} +          ${_shtab_vnclean_config_options[(I)${(q)default}]} == 0 )); then
      _shtab_vnclean_config_options+=(': :_shtab_vnclean_config_commands' '*::: :->config')
    fi
    _shtab_vnclean_config_defaults_added=1
  fi
  _arguments -C -s $_shtab_vnclean_config_options

  case $state in
    config)
      words=($line[1] "${words[@]}")
      (( CURRENT += 1 ))
      curcontext="${curcontext%:*:*}:_shtab_vnclean_config-$line[1]:"
      case $line[1] in
        init) _arguments -C -s $_shtab_vnclean_config_init_options ;;
        show) _arguments -C -s $_shtab_vnclean_config_show_options ;;
      esac
  esac
}

_shtab_vnclean_dict() {
  local context state line curcontext="$curcontext" one_or_more='(*)' remainder='(-)*:' default='*::: :->dict'

  # Add default positional/remainder specs only if none exist, and only once per session
  if (( ! _shtab_vnclean_dict_defaults_added )); then
    if (( ${_shtab_vnclean_dict_options[(I)${(q)one_or_more}*]} +          ${_shtab_vnclean_dict_options[(I)${(q)remainder}*]} +          ${_shtab_vnclean_dict_options[(I)${(q)default}]} == 0 )); then
      _shtab_vnclean_dict_options+=(': :_shtab_vnclean_dict_commands' '*::: :->dict')
    fi
    _shtab_vnclean_dict_defaults_added=1
  fi
  _arguments -C -s $_shtab_vnclean_dict_options

  case $state in
    dict)
      words=($line[1] "${words[@]}")
      (( CURRENT += 1 ))
      curcontext="${curcontext%:*:*}:_shtab_vnclean_dict-$line[1]:"
      case $line[1] in
        add) _arguments -C -s $_shtab_vnclean_dict_add_options ;;
        import) _arguments -C -s $_shtab_vnclean_dict_import_options ;;
        lint) _arguments -C -s $_shtab_vnclean_dict_lint_options ;;
        list) _arguments -C -s $_shtab_vnclean_dict_list_options ;;
        remove) _arguments -C -s $_shtab_vnclean_dict_remove_options ;;
      esac
  esac
}

_shtab_vnclean_model() {
  local context state line curcontext="$curcontext" one_or_more='(*)' remainder='(-)*:' default='*::: :->model'

  # Add default positional/remainder specs only if none exist, and only once per session
  if (( ! _shtab_vnclean_model_defaults_added )); then
    if (( ${_shtab_vnclean_model_options[(I)${(q)one_or_more}*]} +          ${_shtab_vnclean_model_options[(I)${(q)remainder}*]} +          ${_shtab_vnclean_model_options[(I)${(q)default}]} == 0 )); then
      _shtab_vnclean_model_options+=(': :_shtab_vnclean_model_commands' '*::: :->model')
    fi
    _shtab_vnclean_model_defaults_added=1
  fi
  _arguments -C -s $_shtab_vnclean_model_options

  case $state in
    model)
      words=($line[1] "${words[@]}")
      (( CURRENT += 1 ))
      curcontext="${curcontext%:*:*}:_shtab_vnclean_model-$line[1]:"
      case $line[1] in
        build) _arguments -C -s $_shtab_vnclean_model_build_options ;;
        info) _arguments -C -s $_shtab_vnclean_model_info_options ;;
        train) _arguments -C -s $_shtab_vnclean_model_train_options ;;
      esac
  esac
}



typeset -A opt_args

if [[ $zsh_eval_context[-1] == eval ]]; then
  # eval/source/. command, register function for later
  compdef _shtab_vnclean -N vnclean
else
  # autoload from fpath, call function directly
  _shtab_vnclean "$@"
fi
