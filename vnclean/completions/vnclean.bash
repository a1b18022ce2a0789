# Made from the parsers of the commands by python tools/generate.py, with shtab 1.13
# (https://github.com/tqdm/shtab, Apache-2.0).  vnclean completion prints it.

_shtab_vnclean_dict_subparsers=(add remove list lint import)
_shtab_vnclean_model_subparsers=(build train info)
_shtab_vnclean_config_subparsers=(init show)
_shtab_vnclean_subparsers=(clean check report review undo apply dict explain learn model spark config help completion)

_shtab_vnclean_clean_option_strings=(-h --help --lang -o --output -i --in-place --backup --report --summary --no-summary --min-confidence --model --leave --tone-style --join-lines --no-join-lines --drop-boilerplate --no-drop-boilerplate --dictionary --decisions --ignore --markers --no-markers -j --jobs --encoding --type --field --column --config --isolated --resume --force --exclude --files-from --expansion --dry-run --summary-json --state --quiet --no-quiet --verbose --no-verbose --progress --no-progress)
_shtab_vnclean_check_option_strings=(-h --help --lang --format --diff --all --exclude --expansion --min-confidence --model --leave --tone-style --join-lines --no-join-lines --drop-boilerplate --no-drop-boilerplate --dictionary --decisions --ignore --markers --no-markers -j --jobs --encoding --type --field --column --config --isolated)
_shtab_vnclean_report_option_strings=(-h --help --lang --json --html --context-only)
_shtab_vnclean_review_option_strings=(-h --help --lang --below --all --kind --file --order --decisions --write)
_shtab_vnclean_undo_option_strings=(-h --help --lang --kind --file --edit --below -o --output --report --dry-run)
_shtab_vnclean_apply_option_strings=(-h --help --lang -o --output --report --dry-run)
_shtab_vnclean_dict_add_option_strings=(-h --help --lang --file)
_shtab_vnclean_dict_remove_option_strings=(-h --help --lang --file)
_shtab_vnclean_dict_list_option_strings=(-h --help --lang --file --json)
_shtab_vnclean_dict_lint_option_strings=(-h --help --lang --file)
_shtab_vnclean_dict_import_option_strings=(-h --help --lang --file --encoding --all)
_shtab_vnclean_dict_option_strings=(-h --help --lang)
_shtab_vnclean_explain_option_strings=(-h --help --lang --json --all --min-confidence --dictionary --decisions --ignore --markers --no-markers --model --config --isolated)
_shtab_vnclean_learn_option_strings=(-h --help --lang -o --output --min-count --exclude --json --progress --no-progress -j --jobs --encoding --type --field --column --config --isolated)
_shtab_vnclean_model_build_option_strings=(-h --help --lang -o --output --weight --exclude --json --progress --no-progress -j --jobs --encoding --type --field --column --config --isolated)
_shtab_vnclean_model_train_option_strings=(-h --help --lang -o --output --trigrams --no-wide-context)
_shtab_vnclean_model_info_option_strings=(-h --help --lang)
_shtab_vnclean_model_option_strings=(-h --help --lang)
_shtab_vnclean_spark_option_strings=(-h --help --lang --format --report --mode --master --conf --quiet --progress --no-progress --min-confidence --model --leave --tone-style --join-lines --no-join-lines --drop-boilerplate --no-drop-boilerplate --dictionary --decisions --ignore --markers --no-markers --encoding --type --field --column --config --isolated)
_shtab_vnclean_config_init_option_strings=(-h --help --lang)
_shtab_vnclean_config_show_option_strings=(-h --help --lang --json --min-confidence --model --leave --tone-style --join-lines --no-join-lines --drop-boilerplate --no-drop-boilerplate --dictionary --decisions --ignore --markers --no-markers -j --jobs --encoding --type --field --column --config --isolated)
_shtab_vnclean_config_option_strings=(-h --help --lang)
_shtab_vnclean_help_option_strings=(-h --help --lang)
_shtab_vnclean_completion_option_strings=(-h --help --lang)
_shtab_vnclean_option_strings=(-h --help --version)

_shtab_vnclean_clean_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_clean__o_COMPGEN=_vnclean_files
_shtab_vnclean_clean___output_COMPGEN=_vnclean_files
_shtab_vnclean_clean___report_COMPGEN=_vnclean_files
_shtab_vnclean_clean___model_COMPGEN=_vnclean_files
_shtab_vnclean_clean___dictionary_COMPGEN=_vnclean_files
_shtab_vnclean_clean___decisions_COMPGEN=_vnclean_files
_shtab_vnclean_clean___config_COMPGEN=_vnclean_files
_shtab_vnclean_clean___files_from_COMPGEN=_vnclean_files
_shtab_vnclean_clean___summary_json_COMPGEN=_vnclean_files
_shtab_vnclean_clean___state_COMPGEN=_shtab_compgen_dirs
_shtab_vnclean_check_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_check___model_COMPGEN=_vnclean_files
_shtab_vnclean_check___dictionary_COMPGEN=_vnclean_files
_shtab_vnclean_check___decisions_COMPGEN=_vnclean_files
_shtab_vnclean_check___config_COMPGEN=_vnclean_files
_shtab_vnclean_report_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_report___html_COMPGEN=_vnclean_files
_shtab_vnclean_review_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_review___decisions_COMPGEN=_vnclean_files
_shtab_vnclean_review___write_COMPGEN=_vnclean_files
_shtab_vnclean_undo_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_undo___file_COMPGEN=_vnclean_files
_shtab_vnclean_undo__o_COMPGEN=_shtab_compgen_dirs
_shtab_vnclean_undo___output_COMPGEN=_shtab_compgen_dirs
_shtab_vnclean_undo___report_COMPGEN=_vnclean_files
_shtab_vnclean_apply_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_apply__o_COMPGEN=_shtab_compgen_dirs
_shtab_vnclean_apply___output_COMPGEN=_shtab_compgen_dirs
_shtab_vnclean_apply___report_COMPGEN=_vnclean_files
_shtab_vnclean_dict_add___file_COMPGEN=_vnclean_files
_shtab_vnclean_dict_remove___file_COMPGEN=_vnclean_files
_shtab_vnclean_dict_list___file_COMPGEN=_vnclean_files
_shtab_vnclean_dict_lint_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_dict_lint___file_COMPGEN=_vnclean_files
_shtab_vnclean_dict_import_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_dict_import___file_COMPGEN=_vnclean_files
_shtab_vnclean_explain___dictionary_COMPGEN=_vnclean_files
_shtab_vnclean_explain___decisions_COMPGEN=_vnclean_files
_shtab_vnclean_explain___model_COMPGEN=_vnclean_files
_shtab_vnclean_explain___config_COMPGEN=_vnclean_files
_shtab_vnclean_learn_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_learn__o_COMPGEN=_vnclean_files
_shtab_vnclean_learn___output_COMPGEN=_vnclean_files
_shtab_vnclean_learn___config_COMPGEN=_vnclean_files
_shtab_vnclean_model_build_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_model_build__o_COMPGEN=_vnclean_files
_shtab_vnclean_model_build___output_COMPGEN=_vnclean_files
_shtab_vnclean_model_build___config_COMPGEN=_vnclean_files
_shtab_vnclean_model_train_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_model_train__o_COMPGEN=_vnclean_files
_shtab_vnclean_model_train___output_COMPGEN=_vnclean_files
_shtab_vnclean_model_info_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_spark_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_spark___report_COMPGEN=_shtab_compgen_dirs
_shtab_vnclean_spark___model_COMPGEN=_vnclean_files
_shtab_vnclean_spark___dictionary_COMPGEN=_vnclean_files
_shtab_vnclean_spark___decisions_COMPGEN=_vnclean_files
_shtab_vnclean_spark___config_COMPGEN=_vnclean_files
_shtab_vnclean_config_show_pos_0_COMPGEN=_vnclean_files
_shtab_vnclean_config_show___model_COMPGEN=_vnclean_files
_shtab_vnclean_config_show___dictionary_COMPGEN=_vnclean_files
_shtab_vnclean_config_show___decisions_COMPGEN=_vnclean_files
_shtab_vnclean_config_show___config_COMPGEN=_vnclean_files

_shtab_vnclean_clean___lang_choices=(en vi)
_shtab_vnclean_clean___leave_choices=(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)
_shtab_vnclean_clean___tone_style_choices=(keep old new)
_shtab_vnclean_clean___encoding_choices=(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)
_shtab_vnclean_clean___type_choices=(text jsonl csv tsv html srt vtt markdown)
_shtab_vnclean_check___lang_choices=(en vi)
_shtab_vnclean_check___format_choices=(text json github sarif)
_shtab_vnclean_check___leave_choices=(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)
_shtab_vnclean_check___tone_style_choices=(keep old new)
_shtab_vnclean_check___encoding_choices=(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)
_shtab_vnclean_check___type_choices=(text jsonl csv tsv html srt vtt markdown)
_shtab_vnclean_report___lang_choices=(en vi)
_shtab_vnclean_review___lang_choices=(en vi)
_shtab_vnclean_review___kind_choices=(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)
_shtab_vnclean_review___order_choices=(doubt file)
_shtab_vnclean_undo___lang_choices=(en vi)
_shtab_vnclean_undo___kind_choices=(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)
_shtab_vnclean_apply___lang_choices=(en vi)
_shtab_vnclean_dict_add___lang_choices=(en vi)
_shtab_vnclean_dict_remove___lang_choices=(en vi)
_shtab_vnclean_dict_list___lang_choices=(en vi)
_shtab_vnclean_dict_lint___lang_choices=(en vi)
_shtab_vnclean_dict_import___lang_choices=(en vi)
_shtab_vnclean_dict_import___encoding_choices=(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)
_shtab_vnclean_dict_pos_0_choices=(add remove list lint import)
_shtab_vnclean_dict___lang_choices=(en vi)
_shtab_vnclean_explain___lang_choices=(en vi)
_shtab_vnclean_learn___lang_choices=(en vi)
_shtab_vnclean_learn___encoding_choices=(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)
_shtab_vnclean_learn___type_choices=(text jsonl csv tsv html srt vtt markdown)
_shtab_vnclean_model_build___lang_choices=(en vi)
_shtab_vnclean_model_build___encoding_choices=(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)
_shtab_vnclean_model_build___type_choices=(text jsonl csv tsv html srt vtt markdown)
_shtab_vnclean_model_train___lang_choices=(en vi)
_shtab_vnclean_model_info___lang_choices=(en vi)
_shtab_vnclean_model_pos_0_choices=(build train info)
_shtab_vnclean_model___lang_choices=(en vi)
_shtab_vnclean_spark___lang_choices=(en vi)
_shtab_vnclean_spark___format_choices=(text jsonl parquet)
_shtab_vnclean_spark___mode_choices=(errorifexists overwrite)
_shtab_vnclean_spark___leave_choices=(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)
_shtab_vnclean_spark___tone_style_choices=(keep old new)
_shtab_vnclean_spark___encoding_choices=(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)
_shtab_vnclean_spark___type_choices=(text jsonl csv tsv html srt vtt markdown)
_shtab_vnclean_config_init___lang_choices=(en vi)
_shtab_vnclean_config_show___lang_choices=(en vi)
_shtab_vnclean_config_show___leave_choices=(lost-letters no-diacritics tone mark diacritics tone-position letters vanished-word over-converted keystrokes unread-letters entity mojibake tcvn3 vni viscii vps bkhcm2 viqr unicode invisible lookalike detached tone_style misread split glued broken-word boilerplate correction encoding)
_shtab_vnclean_config_show___tone_style_choices=(keep old new)
_shtab_vnclean_config_show___encoding_choices=(utf-8 utf-32-le utf-32-be utf-16-le utf-16-be windows-1258 tcvn3 vni viscii vps bkhcm2)
_shtab_vnclean_config_show___type_choices=(text jsonl csv tsv html srt vtt markdown)
_shtab_vnclean_config_pos_0_choices=(init show)
_shtab_vnclean_config___lang_choices=(en vi)
_shtab_vnclean_help_pos_0_choices=(archives confidence configuration encodings exit-codes folders formats hooks kinds models pipelines reports review words clean check report review undo apply dict explain learn model spark config help completion)
_shtab_vnclean_help___lang_choices=(en vi)
_shtab_vnclean_completion_pos_0_choices=(bash zsh fish)
_shtab_vnclean_completion___lang_choices=(en vi)
_shtab_vnclean_pos_0_choices=(clean check report review undo apply dict explain learn model spark config help completion)

_shtab_vnclean_clean_pos_0_nargs='*'
_shtab_vnclean_clean__h_nargs=0
_shtab_vnclean_clean___help_nargs=0
_shtab_vnclean_clean__i_nargs=0
_shtab_vnclean_clean___in_place_nargs=0
_shtab_vnclean_clean___summary_nargs=0
_shtab_vnclean_clean___no_summary_nargs=0
_shtab_vnclean_clean___join_lines_nargs=0
_shtab_vnclean_clean___no_join_lines_nargs=0
_shtab_vnclean_clean___drop_boilerplate_nargs=0
_shtab_vnclean_clean___no_drop_boilerplate_nargs=0
_shtab_vnclean_clean___markers_nargs=0
_shtab_vnclean_clean___no_markers_nargs=0
_shtab_vnclean_clean___isolated_nargs=0
_shtab_vnclean_clean___resume_nargs=0
_shtab_vnclean_clean___force_nargs=0
_shtab_vnclean_clean___dry_run_nargs=0
_shtab_vnclean_clean___quiet_nargs=0
_shtab_vnclean_clean___no_quiet_nargs=0
_shtab_vnclean_clean___verbose_nargs=0
_shtab_vnclean_clean___no_verbose_nargs=0
_shtab_vnclean_clean___progress_nargs=0
_shtab_vnclean_clean___no_progress_nargs=0
_shtab_vnclean_check_pos_0_nargs='*'
_shtab_vnclean_check__h_nargs=0
_shtab_vnclean_check___help_nargs=0
_shtab_vnclean_check___diff_nargs=0
_shtab_vnclean_check___all_nargs=0
_shtab_vnclean_check___join_lines_nargs=0
_shtab_vnclean_check___no_join_lines_nargs=0
_shtab_vnclean_check___drop_boilerplate_nargs=0
_shtab_vnclean_check___no_drop_boilerplate_nargs=0
_shtab_vnclean_check___markers_nargs=0
_shtab_vnclean_check___no_markers_nargs=0
_shtab_vnclean_check___isolated_nargs=0
_shtab_vnclean_report_pos_0_nargs='*'
_shtab_vnclean_report__h_nargs=0
_shtab_vnclean_report___help_nargs=0
_shtab_vnclean_report___json_nargs=0
_shtab_vnclean_report___context_only_nargs=0
_shtab_vnclean_review_pos_0_nargs='*'
_shtab_vnclean_review__h_nargs=0
_shtab_vnclean_review___help_nargs=0
_shtab_vnclean_review___all_nargs=0
_shtab_vnclean_undo_pos_0_nargs='*'
_shtab_vnclean_undo__h_nargs=0
_shtab_vnclean_undo___help_nargs=0
_shtab_vnclean_undo___dry_run_nargs=0
_shtab_vnclean_apply_pos_0_nargs='*'
_shtab_vnclean_apply__h_nargs=0
_shtab_vnclean_apply___help_nargs=0
_shtab_vnclean_apply___dry_run_nargs=0
_shtab_vnclean_dict_add_pos_0_nargs='*'
_shtab_vnclean_dict_add__h_nargs=0
_shtab_vnclean_dict_add___help_nargs=0
_shtab_vnclean_dict_remove_pos_0_nargs='*'
_shtab_vnclean_dict_remove__h_nargs=0
_shtab_vnclean_dict_remove___help_nargs=0
_shtab_vnclean_dict_list__h_nargs=0
_shtab_vnclean_dict_list___help_nargs=0
_shtab_vnclean_dict_list___json_nargs=0
_shtab_vnclean_dict_lint_pos_0_nargs='*'
_shtab_vnclean_dict_lint__h_nargs=0
_shtab_vnclean_dict_lint___help_nargs=0
_shtab_vnclean_dict_import_pos_0_nargs='*'
_shtab_vnclean_dict_import__h_nargs=0
_shtab_vnclean_dict_import___help_nargs=0
_shtab_vnclean_dict_import___all_nargs=0
_shtab_vnclean_dict_pos_0_nargs=A...
_shtab_vnclean_dict__h_nargs=0
_shtab_vnclean_dict___help_nargs=0
_shtab_vnclean_explain_pos_0_nargs='*'
_shtab_vnclean_explain__h_nargs=0
_shtab_vnclean_explain___help_nargs=0
_shtab_vnclean_explain___json_nargs=0
_shtab_vnclean_explain___all_nargs=0
_shtab_vnclean_explain___markers_nargs=0
_shtab_vnclean_explain___no_markers_nargs=0
_shtab_vnclean_explain___isolated_nargs=0
_shtab_vnclean_learn_pos_0_nargs='*'
_shtab_vnclean_learn__h_nargs=0
_shtab_vnclean_learn___help_nargs=0
_shtab_vnclean_learn___json_nargs=0
_shtab_vnclean_learn___progress_nargs=0
_shtab_vnclean_learn___no_progress_nargs=0
_shtab_vnclean_learn___isolated_nargs=0
_shtab_vnclean_model_build_pos_0_nargs='*'
_shtab_vnclean_model_build__h_nargs=0
_shtab_vnclean_model_build___help_nargs=0
_shtab_vnclean_model_build___json_nargs=0
_shtab_vnclean_model_build___progress_nargs=0
_shtab_vnclean_model_build___no_progress_nargs=0
_shtab_vnclean_model_build___isolated_nargs=0
_shtab_vnclean_model_train_pos_0_nargs='*'
_shtab_vnclean_model_train__h_nargs=0
_shtab_vnclean_model_train___help_nargs=0
_shtab_vnclean_model_train___no_wide_context_nargs=0
_shtab_vnclean_model_info_pos_0_nargs='*'
_shtab_vnclean_model_info__h_nargs=0
_shtab_vnclean_model_info___help_nargs=0
_shtab_vnclean_model_pos_0_nargs=A...
_shtab_vnclean_model__h_nargs=0
_shtab_vnclean_model___help_nargs=0
_shtab_vnclean_spark_pos_0_nargs='*'
_shtab_vnclean_spark__h_nargs=0
_shtab_vnclean_spark___help_nargs=0
_shtab_vnclean_spark___quiet_nargs=0
_shtab_vnclean_spark___progress_nargs=0
_shtab_vnclean_spark___no_progress_nargs=0
_shtab_vnclean_spark___join_lines_nargs=0
_shtab_vnclean_spark___no_join_lines_nargs=0
_shtab_vnclean_spark___drop_boilerplate_nargs=0
_shtab_vnclean_spark___no_drop_boilerplate_nargs=0
_shtab_vnclean_spark___markers_nargs=0
_shtab_vnclean_spark___no_markers_nargs=0
_shtab_vnclean_spark___isolated_nargs=0
_shtab_vnclean_config_init__h_nargs=0
_shtab_vnclean_config_init___help_nargs=0
_shtab_vnclean_config_show_pos_0_nargs='*'
_shtab_vnclean_config_show__h_nargs=0
_shtab_vnclean_config_show___help_nargs=0
_shtab_vnclean_config_show___json_nargs=0
_shtab_vnclean_config_show___join_lines_nargs=0
_shtab_vnclean_config_show___no_join_lines_nargs=0
_shtab_vnclean_config_show___drop_boilerplate_nargs=0
_shtab_vnclean_config_show___no_drop_boilerplate_nargs=0
_shtab_vnclean_config_show___markers_nargs=0
_shtab_vnclean_config_show___no_markers_nargs=0
_shtab_vnclean_config_show___isolated_nargs=0
_shtab_vnclean_config_pos_0_nargs=A...
_shtab_vnclean_config__h_nargs=0
_shtab_vnclean_config___help_nargs=0
_shtab_vnclean_help_pos_0_nargs='*'
_shtab_vnclean_help__h_nargs=0
_shtab_vnclean_help___help_nargs=0
_shtab_vnclean_completion_pos_0_nargs='*'
_shtab_vnclean_completion__h_nargs=0
_shtab_vnclean_completion___help_nargs=0
_shtab_vnclean_pos_0_nargs=A...
_shtab_vnclean__h_nargs=0
_shtab_vnclean___help_nargs=0
_shtab_vnclean___version_nargs=0


# Custom Preamble

_vnclean_files() {
  local word=$1
  [[ $word == [\"\']* ]] && word=${word:1}
  compgen -f -- "${word//\\/}"
}

# End Custom Preamble

# $1=COMP_WORDS[1]
_shtab_compgen_files() {
  compgen -f -- $1  # files
}

# $1=COMP_WORDS[1]
_shtab_compgen_dirs() {
  compgen -d -- $1  # recurse into subdirs
}

# $1=COMP_WORDS[1]
_shtab_replace_nonword() {
  echo "${1//[^[:word:]]/_}"
}

# set default values (called for the initial parser & any subparsers)
_set_parser_defaults() {
  local subparsers_var="${prefix}_subparsers[@]"
  sub_parsers=${!subparsers_var-}

  local current_option_strings_var="${prefix}_option_strings[@]"
  current_option_strings=${!current_option_strings_var}

  completed_positional_actions=0

  _set_new_action "pos_$completed_positional_actions" true
}

# $1=action identifier
# $2=positional action (bool)
# set all identifiers for an action's parameters
_set_new_action() {
  current_action="${prefix}_$(_shtab_replace_nonword $1)"

  local current_action_compgen_var=${current_action}_COMPGEN
  current_action_compgen="${!current_action_compgen_var-}"

  local current_action_choices_var="${current_action}_choices[@]"
  current_action_choices="${!current_action_choices_var-}"

  local current_action_nargs_var="${current_action}_nargs"
  if [ -n "${!current_action_nargs_var-}" ]; then
    current_action_nargs="${!current_action_nargs_var}"
  else
    current_action_nargs=1
  fi

  current_action_args_start_index=$(( $word_index + 1 - $pos_only ))

  current_action_is_positional=$2
}

# Notes:
# `COMPREPLY`: what will be rendered after completion is triggered
# `completing_word`: currently typed word to generate completions for
# `${!var}`: evaluates the content of `var` and expand its content as a variable
#     hello="world"
#     x="hello"
#     ${!x} -> ${hello} -> "world"
_shtab_vnclean() {
  local completing_word="${COMP_WORDS[COMP_CWORD]}"
  local previous_word="${COMP_WORDS[COMP_CWORD-1]}"
  local completed_positional_actions
  local current_action
  local current_action_args_start_index
  local current_action_choices
  local current_action_compgen
  local current_action_is_positional
  local current_action_nargs
  local current_option_strings
  local sub_parsers
  COMPREPLY=()

  local prefix=_shtab_vnclean
  local word_index=0
  local pos_only=0 # "--" delimiter not encountered yet
  _set_parser_defaults
  word_index=1

  # determine what arguments are appropriate for the current state
  # of the arg parser
  while [ $word_index -ne $COMP_CWORD ]; do
    local this_word="${COMP_WORDS[$word_index]}"

    if [[ $pos_only = 1 || " $this_word " != " -- " ]]; then
      if [[ -n $sub_parsers && " ${sub_parsers[@]} " == *" $this_word "* ]]; then
        # valid subcommand: add it to the prefix & reset the current action
        prefix="${prefix}_$(_shtab_replace_nonword $this_word)"
        _set_parser_defaults
      fi

      if [[ " ${current_option_strings[@]} " == *" $this_word "* ]]; then
        # a new action should be acquired (due to recognised option string or
        # no more input expected from current action);
        # the next positional action can fill in here
        _set_new_action $this_word false
      fi

      if [[ "$current_action_nargs" != "*" ]] && \
         [[ "$current_action_nargs" != "+" ]] && \
         [[ "$current_action_nargs" != "?" ]] && \
         [[ "$current_action_nargs" != *"..." ]] && \
         (( $word_index + 1 - $current_action_args_start_index - $pos_only >= \
            $current_action_nargs )); then
        $current_action_is_positional && let "completed_positional_actions += 1"
        _set_new_action "pos_$completed_positional_actions" true
      fi
    else
      pos_only=1 # "--" delimiter encountered
    fi

    let "word_index+=1"
  done

  # Generate the completions

  COMPREPLY=()
  if [[ $pos_only = 0 && "$completing_word" == -* &&
        ( -z "$current_action_compgen" || "$current_action_is_positional" = true ) ]]; then
    # optional argument started: use option strings
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
      compgen -W "${current_option_strings[*]}" -- "$completing_word")
  elif [[ "$previous_word" =~ ^[0-9\&]*[\<\>]\>?$ ]]; then
    # handle redirection operators
    compopt -o filenames 2>/dev/null || : # bash>=4
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "$completing_word")
  else
    # use choices & compgen
    local action_compgen_word="$completing_word"
    # handle tab-completing in the middle of a line (#248 <- #116)
    [[ -n "$current_action_compgen" && "$completing_word" == -* ]] && action_compgen_word=""
    [ -n "$current_action_compgen" ] && {
      [[ "$current_action_compgen" =~ _(file|dir|glob|FILE|DIR|GLOB)|File|Dir|Glob ]] &&
        compopt -o filenames 2>/dev/null || : # bash>=4
      while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
        "$current_action_compgen" "$action_compgen_word")
    }
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
      compgen -W "${current_action_choices[*]}" -- "$completing_word")
  fi

  if [[ ${#COMPREPLY[@]} = 0 ]]; then
    # native fallback matches are not necessarily filenames (e.g. variables)
    compopt +o filenames 2>/dev/null || : # bash>=4
  fi

  return 0
}

_vnclean() {
  local words=() word at=$COMP_CWORD
  for word in "${COMP_WORDS[@]:0:COMP_CWORD}"; do
    if [[ $word == "=" ]]; then ((at--)); else words+=("$word"); fi
  done
  word=${COMP_WORDS[COMP_CWORD]}
  local COMP_WORDS=("${words[@]}" "${word#=}") COMP_CWORD=$at
  _shtab_vnclean
}

complete -o bashdefault -F _vnclean vnclean
