/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
  @Test
  void textIsEscaped() {
    assertThat(new Html().element("p", "<b>1 & 2</b> \"x\" 'y'"))
        .hasToString("<p>&lt;b&gt;1 &amp; 2&lt;/b&gt; &quot;x&quot; &#39;y&#39;</p>");
  }

  @Test
  void valuesOfAttributesAreEscaped() {
    assertThat(new Html().open("td", "class", "\" onclick=\"alert(1)", "x", 3))
        .hasToString("<td class=\"&quot; onclick=&quot;alert(1)\" x=\"3\">");
  }
}
