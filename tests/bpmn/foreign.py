"""Diagrams as other tools save them: their namespaces, their extensions, their ways of drawing."""

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
CAMUNDA_7 = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="{MODEL}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="Definitions_1" targetNamespace="x"
 xmlns:modeler="http://camunda.org/schema/modeler/1.0" exporter="Camunda Modeler"
 exporterVersion="5.20.0" modeler:executionPlatform="Camunda Platform"
 modeler:executionPlatformVersion="7.20.0">
<bpmn:process id="invoice" isExecutable="true" camunda:historyTimeToLive="180">
<bpmn:startEvent id="StartEvent_1" camunda:formKey="embedded:app:forms/start.html">
 <bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
<bpmn:userTask id="approve" name="Approve" camunda:assignee="${{approver}}"
 camunda:candidateGroups="accounting" camunda:dueDate="${{dateTime().plusWeeks(1).toDate()}}">
<bpmn:extensionElements><camunda:formData><camunda:formField id="ok" type="boolean"/>
</camunda:formData><camunda:taskListener class="org.example.Listener" event="create"/>
<camunda:inputOutput><camunda:inputParameter name="a">${{b}}</camunda:inputParameter>
</camunda:inputOutput></bpmn:extensionElements>
<bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
<bpmn:exclusiveGateway id="gw"/>
<bpmn:serviceTask id="pay" camunda:class="org.example.Pay" camunda:asyncBefore="true"/>
<bpmn:serviceTask id="poll" camunda:type="external" camunda:topic="poll"/>
<bpmn:scriptTask id="run" scriptFormat="groovy"><bpmn:script>x()</bpmn:script></bpmn:scriptTask>
<bpmn:businessRuleTask id="rule" camunda:decisionRef="dish"
 camunda:mapDecisionResult="singleEntry"/>
<bpmn:endEvent id="end"/>
<bpmn:sequenceFlow id="f1" sourceRef="StartEvent_1" targetRef="approve"/>
<bpmn:sequenceFlow id="f2" sourceRef="approve" targetRef="gw"/>
<bpmn:sequenceFlow id="f3" sourceRef="gw" targetRef="pay">
<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${{approved == true}}
</bpmn:conditionExpression></bpmn:sequenceFlow>
<bpmn:sequenceFlow id="f4" sourceRef="gw" targetRef="rule"/>
<bpmn:sequenceFlow id="f5" sourceRef="pay" targetRef="poll"/>
<bpmn:sequenceFlow id="f6" sourceRef="poll" targetRef="run"/>
<bpmn:sequenceFlow id="f7" sourceRef="run" targetRef="end"/>
<bpmn:sequenceFlow id="f8" sourceRef="rule" targetRef="end"/>
</bpmn:process></bpmn:definitions>"""
CAMUNDA_8 = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="{MODEL}" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
 id="Definitions_0" targetNamespace="x" exporter="Camunda Modeler">
<bpmn:process id="order" isExecutable="true">
<bpmn:startEvent id="start"/>
<bpmn:serviceTask id="charge"><bpmn:extensionElements>
<zeebe:taskDefinition type="charge" retries="3"/><zeebe:ioMapping>
<zeebe:input source="=order.total" target="amount"/></zeebe:ioMapping>
<zeebe:taskHeaders><zeebe:header key="a" value="b"/></zeebe:taskHeaders>
</bpmn:extensionElements></bpmn:serviceTask>
<bpmn:userTask id="look"><bpmn:extensionElements><zeebe:formDefinition formId="look_form"/>
<zeebe:assignmentDefinition assignee="=a"/></bpmn:extensionElements></bpmn:userTask>
<bpmn:callActivity id="sub"><bpmn:extensionElements>
<zeebe:calledElement processId="other" propagateAllChildVariables="false"/>
</bpmn:extensionElements></bpmn:callActivity>
<bpmn:endEvent id="end"/>
<bpmn:sequenceFlow id="g1" sourceRef="start" targetRef="charge"/>
<bpmn:sequenceFlow id="g2" sourceRef="charge" targetRef="look"/>
<bpmn:sequenceFlow id="g3" sourceRef="look" targetRef="sub"/>
<bpmn:sequenceFlow id="g4" sourceRef="sub" targetRef="end"/>
</bpmn:process></bpmn:definitions>"""
SIGNAVIO = f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="{MODEL}" xmlns:signavio="http://www.signavio.com" id="sid-1"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="http://www.signavio.com"
 exporter="Signavio Process Editor" typeLanguage="http://www.w3.org/2001/XMLSchema"
 xsi:schemaLocation="{MODEL} http://www.omg.org/spec/BPMN/2.0/20100501/BPMN20.xsd">
<collaboration id="sid-2"><extensionElements><signavio:signavioDiagramMetaData metaKey="a"
 metaValue=""/></extensionElements>
<participant id="sid-3" name="Office" processRef="sid-4"/></collaboration>
<process id="sid-4" isClosed="false" isExecutable="false" processType="None">
<laneSet id="sid-5"><lane id="sid-6" name="Clerk"><extensionElements>
<signavio:signavioMetaData metaKey="bgcolor" metaValue="#ffffff"/></extensionElements>
<flowNodeRef>sid-7</flowNodeRef><flowNodeRef>sid-8</flowNodeRef><flowNodeRef>sid-9</flowNodeRef>
</lane></laneSet>
<startEvent id="sid-7"/><task id="sid-8" name="Do it" completionQuantity="1" startQuantity="1"/>
<endEvent id="sid-9"/>
<sequenceFlow id="sid-10" sourceRef="sid-7" targetRef="sid-8"/>
<sequenceFlow id="sid-11" sourceRef="sid-8" targetRef="sid-9"/>
</process></definitions>"""
FLOWABLE = f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="{MODEL}" xmlns:flowable="http://flowable.org/bpmn" targetNamespace="x"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<signal id="alert" name="alert"/>
<process id="leave" name="Leave" flowable:candidateStarterGroups="users">
<extensionElements><flowable:eventListener events="TASK_CREATED" class="org.example.L"/>
</extensionElements>
<startEvent id="start" flowable:initiator="initiator"/>
<userTask id="handle" flowable:candidateGroups="management">
<multiInstanceLoopCharacteristics isSequential="true" flowable:collection="people"
 flowable:elementVariable="person"><loopCardinality>3</loopCardinality>
</multiInstanceLoopCharacteristics></userTask>
<serviceTask id="mail" flowable:type="mail"><extensionElements>
<flowable:field name="to"><flowable:string><![CDATA[x@example.org]]></flowable:string>
</flowable:field></extensionElements></serviceTask>
<boundaryEvent id="alerted" attachedToRef="handle"><signalEventDefinition signalRef="alert"/>
</boundaryEvent>
<inclusiveGateway id="some"/><endEvent id="end"/><endEvent id="end_2"/>
<sequenceFlow id="h1" sourceRef="start" targetRef="handle"/>
<sequenceFlow id="h2" sourceRef="handle" targetRef="some"/>
<sequenceFlow id="h3" sourceRef="some" targetRef="mail" skipExpression="${{false}}"/>
<sequenceFlow id="h4" sourceRef="mail" targetRef="end"/>
<sequenceFlow id="h5" sourceRef="alerted" targetRef="end_2"/>
</process></definitions>"""
BIZAGI = f"""<?xml version="1.0"?>
<definitions xmlns="{MODEL}" xmlns:bizagi="http://www.bizagi.com/bpmn20" targetNamespace="x">
<process id="Id_1" name="P"><extensionElements><bizagi:BizagiExtensions xmlns="">
<bizagi:BizagiProperties><bizagi:BizagiProperty name="w" value="700"/></bizagi:BizagiProperties>
</bizagi:BizagiExtensions></extensionElements>
<startEvent id="Id_2"><outgoing>Id_5</outgoing><timerEventDefinition id="Id_6">
<timeCycle>R3/PT10H</timeCycle></timerEventDefinition></startEvent>
<task id="Id_3"/><intermediateThrowEvent id="Id_7"><linkEventDefinition name="A"/>
</intermediateThrowEvent>
<sequenceFlow id="Id_5" sourceRef="Id_2" targetRef="Id_3"/>
<sequenceFlow id="Id_8" sourceRef="Id_3" targetRef="Id_7"/>
</process></definitions>"""
CHOREOGRAPHY = f"""<definitions xmlns="{MODEL}" targetNamespace="x"><choreography id="c">
<choreographyTask id="t" initiatingParticipantRef="p"/></choreography></definitions>"""
XPDL = """<Package xmlns="http://www.wfmc.org/2009/XPDL2.2" Id="p"><WorkflowProcesses>
<WorkflowProcess Id="w"/></WorkflowProcesses></Package>"""

EXPECTED: dict[str, tuple[str, set[str]]] = {
    "camunda_7": (CAMUNDA_7, {"approve", "f3", "pay", "poll", "run", "rule"}),
    "camunda_8": (CAMUNDA_8, {"charge", "look", "sub"}),
    "signavio": (SIGNAVIO, {"sid-6", "sid-8"}),
    "flowable": (FLOWABLE, {"handle", "mail", "alerted", "some"}),
    "bizagi": (BIZAGI, {"Id_2", "Id_3", "Id_7", "Id_1"}),
    "choreography": (CHOREOGRAPHY, {""}),
    "xpdl": (XPDL, {""}),
}
"""What each tool saved, and the elements that must at least be named."""
