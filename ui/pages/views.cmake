# SPDX-License-Identifier: GPL-3.0-or-later
# The pages and views of records, runs, rejected rows, activity, API and settings, with their item models.
target_sources(
    idstore_ui
    PRIVATE itemmodels/record_table_model.cpp
            itemmodels/record_text.cpp
            itemmodels/rejection_table_model.cpp
            itemmodels/run_filter.cpp
            itemmodels/run_table_model.cpp
            itemmodels/run_text.cpp
            pages/activity/activity_page.cpp
            pages/api/api_page.cpp
            pages/api/api_scripts.cpp
            pages/api/new_token_dialog.cpp
            pages/api/script_panel.cpp
            pages/api/token_table_model.cpp
            pages/history/history_view.cpp
            pages/history/run_chart.cpp
            pages/history/run_delegate.cpp
            pages/history/run_detail.cpp
            pages/history/run_watcher.cpp
            pages/records/record_delegate.cpp
            pages/records/record_export.cpp
            pages/records/record_grid.cpp
            pages/records/record_header.cpp
            pages/records/record_row_numbers.cpp
            pages/records/records_page.cpp
            pages/records/records_view.cpp
            pages/records/records_view_output.cpp
            pages/rejects/rejections_file.cpp
            pages/rejects/rejections_view.cpp
            pages/settings/appearance_picture.cpp
            pages/settings/settings_page.cpp
            pages/tables/page_head.cpp
            pages/tables/table_delegate.cpp)
