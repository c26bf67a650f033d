// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "layers/map/layertree.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTreeWidget;

namespace hanseatlas
{

class CorrectionFields;

namespace look
{
class MessageBar;
}

/** A page of the properties: shows a part of a node and writes back what the user has changed in it. */
class PropertyPage : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;
    virtual void show(const LayerNode &node) = 0;
    virtual void store(LayerNode &node) const { Q_UNUSED(node) }

signals:
    void edited();
};

/** Title, explanation, and how the layer is. */
class GeneralPage final : public PropertyPage
{
    Q_OBJECT
public:
    explicit GeneralPage(QWidget *parent = nullptr);
    void show(const LayerNode &node) override;
    void store(LayerNode &node) const override;

private:
    look::MessageBar *m_state;
    QLineEdit *m_title;
    QPlainTextEdit *m_explanation;
    QLabel *m_statistics;
    QLabel *m_notes;
    QFormLayout *m_form;
};

/** Where the data lies, what it is, and corrections. */
class SourcePage final : public PropertyPage
{
    Q_OBJECT
public:
    explicit SourcePage(QWidget *parent = nullptr);
    void show(const LayerNode &node) override;
    void store(LayerNode &node) const override;

signals:
    void reloadRequested();

private:
    void chooseFile();

    QLineEdit *m_location;
    QLabel *m_layer, *m_kind, *m_count, *m_crs, *m_extent, *m_read;
    QComboBox *m_every;
    QFormLayout *m_form;
    CorrectionFields *m_corrections;
};

/** The columns with their types. */
class FieldsPage final : public PropertyPage
{
    Q_OBJECT
public:
    explicit FieldsPage(QWidget *parent = nullptr);
    void show(const LayerNode &node) override;

private:
    QTreeWidget *m_table;
};

/** What the file tells about itself, e.g. a plan's header. */
class MetadataPage final : public PropertyPage
{
    Q_OBJECT
public:
    explicit MetadataPage(QWidget *parent = nullptr);
    void show(const LayerNode &node) override;

private:
    QTreeWidget *m_table;
};

/** Source, licence and age. */
class ProvenancePage final : public PropertyPage
{
    Q_OBJECT
public:
    explicit ProvenancePage(QWidget *parent = nullptr);
    void show(const LayerNode &node) override;
    void store(LayerNode &node) const override;

private:
    QLineEdit *m_source;
    QComboBox *m_licence;
    QLineEdit *m_attribution;
    QCheckBox *m_dated;
    QDateEdit *m_date;
    QCheckBox *m_personal;
    QCheckBox *m_demo;
};

/** A form with our distances, in a scroll area that takes the page. */
QFormLayout *formOn(QWidget *page);

} // namespace hanseatlas
