# SPDX-License-Identifier: GPL-3.0-or-later
# Tests of the pages and views of records, runs, rejected rows, activity, API and settings.
foreach(
    test
    api_scripts
    record_export
    record_grid
    record_table_model
    rejection_table_model
    run_chart
    run_table_model
    views)
    idstore_add_test(tst_${test} LINKS idstore_ui)
endforeach()
